/* Cancelling a gather that has failed already answers false and leaves its tasks alone. */
#include "conformance.h"

static int job(void *arg) {
    int delay = *(int *)arg;
    BIDE_TRY(bide_sleep(delay));
    if (delay == 1) return bide_raise(BIDE_EVALUE, NULL);
    return bide_return_i64(delay);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 20));
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(a, b), false);
    int rc = bide_await(g, NULL);
    if (rc == BIDE_EVALUE) say("failed %d", now());
    else BIDE_TRY(rc);
    bool accepted = bide_future_cancel(g);
    say("cancel %d %s", accepted, st(b));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(b, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(main_task); }
