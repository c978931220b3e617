/* The deadline's CancelledError is swallowed: the timeout has expired, but there is no TimeoutError, and no request is left counted. */
#include "conformance.h"

static int body(void) {
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) say("swallowed %d", bide_task_cancelling(bide_current_task()));
    else BIDE_TRY(rc);
    BIDE_TRY(bide_sleep(5));
    say("still inside %d", now());
    return 0;
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = body();
    BIDE_TRY(bide_timeout_exit(&cm, rc));
    say("%d %d %d", bide_timeout_expired(&cm), bide_task_cancelling(bide_current_task()), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
