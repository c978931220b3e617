/* A wait with a timeout of 0 still gives the ready tasks a turn. */
#include "conformance.h"

static int job(void *arg) {
    int turns = *(int *)arg;
    for (int i = 0; i < turns; i++) BIDE_TRY(bide_sleep(0));
    return bide_return_i64(turns);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 0));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *c = bide_create_task_copy(job, BIDE_ARGS(int, 5));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), 0, BIDE_ALL_COMPLETED, NULL));
    say("%d %d %d %d", bide_future_done(a), bide_future_done(b), bide_future_done(c), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
