/* A cancelled task is delivered as CancelledError. */
#include "conformance.h"

static int job(void *arg) {
    const int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int cancel(void *task) {
    bide_task_cancel(task);
    return 0;
}

static int consume(bide_as_completed *it) {
    while (bide_as_completed_left(it) > 0) {
        bide_future *f;
        bide_value v;
        BIDE_TRY(bide_as_completed_next(it, &f));
        const int rc = bide_future_result(f, &v);
        if (rc == 0) say("%s %d", show(v), now());
        else say("%s %d", bide_error_name(rc), now());
    }
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 5));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    if (!bide_loop_call_later(NULL, 1, cancel, a)) return bide_last_error();
    bide_as_completed it;
    BIDE_TRY(bide_as_completed_init(&it, BIDE_FUTURES(a, b), INFINITY));
    const int rc = consume(&it);
    bide_as_completed_clear(&it);
    return rc;
}

int main(void) { return conformance_run(async_main); }
