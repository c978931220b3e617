/* What the iteration gives are the very tasks that were passed in. */
#include "conformance.h"

static int job(void *arg) {
    const int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 4));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    bide_as_completed it;
    BIDE_TRY(bide_as_completed_init(&it, BIDE_FUTURES(a, b), INFINITY));
    bide_future *t;
    int rc;
    while ((rc = bide_as_completed_next(&it, &t)) == 0) say("%d %d %s %d", t == a, t == b, st(t), now());
    bide_as_completed_clear(&it);
    return rc == BIDE_ESTOP ? 0 : rc;
}

int main(void) { return conformance_run(async_main); }
