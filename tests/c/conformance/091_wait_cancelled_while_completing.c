/* The future completes and its waiter is cancelled in the same turn. */
#include "conformance.h"

static int waiter(void *arg) {
    bide_future *f = arg;
    int rc = bide_wait(BIDE_FUTURES(f), INFINITY, BIDE_ALL_COMPLETED, NULL);
    if (rc == 0) say("never");
    say("out %s", st(f));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_AUTO bide_task *w = bide_create_task(waiter, f);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_future_set_result(f, bide_i64(1)));
    bide_task_cancel(w);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_sleep(0));
    say("%s", st(w));
    return 0;
}

int main(void) { return conformance_run(async_main); }
