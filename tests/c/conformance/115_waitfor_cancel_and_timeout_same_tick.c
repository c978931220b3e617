/* The timeout fires and in the same turn the caller is cancelled: CancelledError, and one request remains. */
#include "conformance.h"

static int job(void *arg) { return bide_sleep(50); }

static int caller(void *arg) {
    int rc = bide_wait_for_call(job, NULL, 10, NULL);
    if (rc != 0) say("caller %s %d %d", bide_error_name(rc), now(), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int cancel(void *task) {
    bide_task_cancel(task);
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(caller, NULL);
    BIDE_TRY(bide_sleep(0));
    bide_loop_call_later(NULL, 10, cancel, t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
