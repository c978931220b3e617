/* A gather of a task that is done and one that is not. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 9));
    BIDE_TRY(bide_sleep(5));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(a, b), false);
    say("done %d", bide_future_done(g));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(g, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
