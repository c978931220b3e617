/* For FIRST_EXCEPTION a cancelled task is no failure. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    if (k == 7) return bide_raise(BIDE_EKEY, NULL);
    return bide_return_i64(k);
}

static int cancel(void *task) {
    bide_task_cancel(task);
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 7));
    BIDE_AUTO bide_task *c = bide_create_task_copy(job, BIDE_ARGS(int, 9));
    bide_loop_call_later(NULL, 1, cancel, a);
    size_t done;
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_FIRST_EXCEPTION, &done));
    say("%zu %zu %d %s %s", done, 3 - done, now(), st(a), st(b));
    return 0;
}

int main(void) { return conformance_run(async_main); }
