/* Two tasks end in one turn and a third in the next, before the waiter resumes: all three count as done. */
#include "conformance.h"

static int job(void *arg) {
    int turns = *(int *)arg;
    for (int i = 0; i < turns; i++) BIDE_TRY(bide_sleep(0));
    return bide_return_i64(turns);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 3));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 3));
    BIDE_AUTO bide_task *c = bide_create_task_copy(job, BIDE_ARGS(int, 4));
    BIDE_AUTO bide_task *d = bide_create_task_copy(job, BIDE_ARGS(int, 6));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c, d), INFINITY, BIDE_FIRST_COMPLETED, NULL));
    say("%d %d %d %d", bide_future_done(a), bide_future_done(b), bide_future_done(c), bide_future_done(d));
    return 0;
}

int main(void) { return conformance_run(async_main); }
