/* If nothing fails, FIRST_EXCEPTION waits for all. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 5));
    BIDE_AUTO bide_task *c = bide_create_task_copy(job, BIDE_ARGS(int, 9));
    size_t done;
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_FIRST_EXCEPTION, &done));
    say("%zu %zu %d", done, 3 - done, now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
