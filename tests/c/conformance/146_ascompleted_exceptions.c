/* A failure belongs to its own step; the iteration goes on. */
#include "conformance.h"

static int job(void *arg) {
    const int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    if (k == 3) return bide_raise(BIDE_EVALUE, NULL);
    return bide_return_i64(k);
}

static int consume(bide_as_completed *it) {
    while (bide_as_completed_left(it) > 0) {
        bide_future *f;
        bide_value v;
        BIDE_TRY(bide_as_completed_next(it, &f));
        const int rc = bide_future_result(f, &v);
        if (rc == 0) say("%s %d", show(v), now());
        else if (rc == BIDE_EVALUE) say("%s %d", bide_error_name(rc), now());
        else return rc;
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
