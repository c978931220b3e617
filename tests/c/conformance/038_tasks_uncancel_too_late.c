/* Uncancel does not revoke a cancellation that has reached the awaited future already. */
#include "conformance.h"

static int body(void *arg) {
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) say("struck, count %d", bide_task_cancelling(bide_current_task()));
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t);
    say("uncancel %d", bide_task_uncancel(t));
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
