/* A task that is passed twice is delivered once. */
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
    BIDE_TRY(bide_as_completed_init(&it, BIDE_FUTURES(a, b, a), INFINITY));
    bide_future *f;
    bide_value v;
    int steps = 0;
    while (bide_as_completed_next(&it, &f) == 0 && bide_future_result(f, &v) == 0) {
        say("%s", show(v));
        steps++;
    }
    bide_as_completed_clear(&it);
    say("steps %d", steps);
    return 0;
}

int main(void) { return conformance_run(async_main); }
