/* A cancelled task ends its gather with CancelledError at once; nobody else is cancelled. */
#include "conformance.h"

static int job(void *arg) {
    int delay = *(int *)arg;
    BIDE_TRY(bide_sleep(delay));
    return bide_return_i64(delay);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 5));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 20));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(a, b), false);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(a);
    int rc = bide_await(g, NULL);
    if (rc == BIDE_ECANCELED)
        say("%s %d g.cancelled %d own count %d", bide_error_name(rc), now(), bide_future_cancelled(g),
            bide_task_cancelling(bide_current_task()));
    else BIDE_TRY(rc);
    say("%s %s", st(a), st(b));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(b, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
