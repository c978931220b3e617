/* A cancellation goes down through a gather of gathers. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(100);
    say("job %d out %d", *(int *)arg, now());
    return rc;
}

/* asyncio.gather(job(first), job(second)) */
static bide_future *gather_jobs(int first, int second) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, first));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, second));
    return bide_gather(BIDE_FUTURES(a, b), false);
}

static int outer(void *arg) {
    bide_future *left = gather_jobs(1, 2);
    bide_future *right = gather_jobs(3, 4);
    return bide_gather_join(BIDE_FUTURES(left, right), false, NULL);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(outer, NULL);
    BIDE_TRY(bide_sleep(3));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
