/* Results come in the order in which the tasks end. */
#include "conformance.h"

static int job(void *arg) {
    const int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int consume(bide_as_completed *it) {
    while (bide_as_completed_left(it) > 0) {
        bide_future *f;
        bide_value v;
        BIDE_TRY(bide_as_completed_next(it, &f));
        BIDE_TRY(bide_future_result(f, &v));
        say("%s %d", show(v), now());
    }
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 9));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 3));
    BIDE_AUTO bide_task *c = bide_create_task_copy(job, BIDE_ARGS(int, 6));
    bide_as_completed it;
    BIDE_TRY(bide_as_completed_init(&it, BIDE_FUTURES(a, b, c), INFINITY));
    const int rc = consume(&it);
    bide_as_completed_clear(&it);
    return rc;
}

int main(void) { return conformance_run(async_main); }
