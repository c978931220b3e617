/* The wait ends with the first task; the others stay pending and run on. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 10));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 4));
    size_t done;
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_FIRST_COMPLETED, &done));
    say("%d %d %zu %zu %d", bide_future_done(b), !bide_future_done(a), done, 2 - done, now());

    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(a, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
