/* Cancelling the caller cancels the task it waits for; the caller gets CancelledError, not TimeoutError. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    say("inner out %d", now());
    return rc;
}

static int caller(void *arg) {
    int rc = bide_wait_for_join(bide_create_task(job, NULL), 10, NULL);
    if (rc != 0) say("caller %s %d %d", bide_error_name(rc), now(), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(caller, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
