/* The deadline interrupts a sleep: CancelledError inside, TimeoutError outside, and no request is left counted. */
#include "conformance.h"

static int body(bide_timeout *cm) {
    int rc = bide_sleep(40);
    if (rc == BIDE_ECANCELED)
        say("inside: CancelledError %d %d %d", now(), bide_task_cancelling(bide_current_task()), bide_timeout_expired(cm));
    return rc;
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = body(&cm);
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT)
        say("outside: TimeoutError %d %d %d", now(), bide_task_cancelling(bide_current_task()), bide_timeout_expired(&cm));
    else BIDE_TRY(rc);
    BIDE_TRY(bide_sleep(5));
    say("goes on %d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
