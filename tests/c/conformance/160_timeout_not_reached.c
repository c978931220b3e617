/* The block ends before its deadline, which never strikes. */
#include "conformance.h"

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = bide_sleep(4);
    BIDE_TRY(bide_timeout_exit(&cm, rc));
    say("out %d %d", now(), bide_timeout_expired(&cm));
    BIDE_TRY(bide_sleep(20));
    say("nothing strikes later %d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
