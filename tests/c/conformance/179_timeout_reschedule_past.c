/* A deadline moved into the past strikes in the next turn. */
#include "conformance.h"

static int body(bide_timeout *cm) {
    BIDE_TRY(bide_sleep(8));
    BIDE_TRY(bide_timeout_reschedule(cm, 3));
    say("go on %d", bide_timeout_expired(cm));
    BIDE_TRY(bide_sleep(0));
    say("never");
    return 0;
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 50));
    int rc = body(&cm);
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT) say("TimeoutError %d %d", now(), bide_timeout_expired(&cm));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
