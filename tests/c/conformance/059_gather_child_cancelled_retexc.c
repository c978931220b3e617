/* With return_exceptions a cancelled task is only one of the results. */
#include "conformance.h"

static int job(void *arg) {
    int delay = *(int *)arg;
    BIDE_TRY(bide_sleep(delay));
    return bide_return_i64(delay);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 5));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 20));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(a, b), true);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(a);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(g, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
