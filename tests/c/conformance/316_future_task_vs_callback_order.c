/* A task that awaits a future and its callbacks are served in the order in which they came. */
#include "conformance.h"

static int cb(bide_future *f, void *arg) {
    int k = *(int *)arg;
    say("callback %d", k);
    return 0;
}

static int waiter(void *arg) {
    bide_future *f = arg;
    BIDE_TRY(bide_await(f, NULL));
    say("waiter");
    return 0;
}

static int async_main(void *arg) {
    static int one = 1, two = 2;
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_TRY(bide_future_add_done_callback(f, cb, &one));
    BIDE_AUTO bide_task *t = bide_create_task(waiter, f);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_future_add_done_callback(f, cb, &two));
    BIDE_TRY(bide_future_set_result(f, bide_i64(0)));
    BIDE_TRY(bide_await(t, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
