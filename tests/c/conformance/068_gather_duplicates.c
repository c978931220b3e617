/* A task that stands three times among the arguments of a gather runs once and fills three places. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    say("runs %d", k);
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 3));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_join(bide_gather(BIDE_FUTURES(a, b, a, a), false), &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
