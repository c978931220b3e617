/* Awaiting a cancelled future gives CancelledError, with which the task ends cancelled. */
#include "conformance.h"

static int waiter(void *arg) {
    bide_future *f = arg;
    return bide_await(f, NULL);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    bide_future_cancel(f);
    BIDE_AUTO bide_task *t = bide_create_task(waiter, f);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(t), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
