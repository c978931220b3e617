/* The tasks of a gather start in the order of its arguments, once the caller suspends. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    say("start %d", k);
    return bide_return_i64(k);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *first = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *second = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    BIDE_AUTO bide_task *third = bide_create_task_copy(job, BIDE_ARGS(int, 3));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(first, second, third), false);
    say("gather called %d", bide_future_done(g));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(g, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(main_task); }
