/* A task turns the cancellation of its gather into ValueError, and that is what the gather ends with. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED && k == 1) return bide_raise(BIDE_EVALUE, NULL);
    return rc;
}

static int outer(void *arg) {
    bide_task *first = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    bide_task *second = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    int rc = bide_gather_join(BIDE_FUTURES(first, second), false, NULL);
    if (rc != BIDE_EVALUE) return rc;
    say("outer got %s", bide_error_name(rc));
    return bide_return_i64(1);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(outer, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(t), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
