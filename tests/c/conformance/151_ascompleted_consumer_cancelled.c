/* Cancelling the task that iterates leaves the tasks alone over which it iterates. */
#include "conformance.h"

struct tasks { bide_task *all[2]; };

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
        say("%s", show(v));
    }
    return 0;
}

static int consumer(void *arg) {
    struct tasks *ts = arg;
    bide_as_completed it;
    BIDE_TRY(bide_as_completed_init(&it, ts->all, 2, INFINITY));
    const int rc = consume(&it);
    bide_as_completed_clear(&it);
    say("consumer out %d", now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 5));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(consumer, BIDE_ARGS(struct tasks, { a, b }));
    BIDE_TRY(bide_sleep(3));
    bide_task_cancel(c);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %d", st(c), st(a), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
