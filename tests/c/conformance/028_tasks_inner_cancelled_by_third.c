/* When an awaited task is cancelled its awaiter sees a cancellation, though nobody cancelled the awaiter. */
#include "conformance.h"

static int inner(void *arg) { return bide_sleep(100); }

static int outer(void *arg) {
    bide_task *t = arg;
    int rc = bide_await(t, NULL);
    if (rc == BIDE_ECANCELED) say("outer sees CancelledError, count %d", bide_task_cancelling(bide_current_task()));
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *i = bide_create_task(inner, NULL);
    BIDE_AUTO bide_task *o = bide_create_task(outer, i);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(i);
    BIDE_TRY(bide_wait(BIDE_FUTURES(o), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %d", st(i), st(o), bide_task_cancelling(o));
    return 0;
}

int main(void) { return conformance_run(main_task); }
