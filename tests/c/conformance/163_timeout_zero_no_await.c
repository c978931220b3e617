/* A timeout of 0 doesn't strike if nothing suspends before its exit. */
#include "conformance.h"

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 0));
    say("inside");
    BIDE_TRY(bide_timeout_exit(&cm, 0));
    say("expired %d", bide_timeout_expired(&cm));
    BIDE_TRY(bide_sleep(0));
    say("fine");
    return 0;
}

int main(void) { return conformance_run(async_main); }
