/* A task has two shields, and cancelling one leaves the other alone. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(10));
    return bide_return_i64(3);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_AUTO bide_future *a = bide_shield(t);
    BIDE_AUTO bide_future *b = bide_shield(t);
    BIDE_TRY(bide_sleep(1));
    bide_future_cancel(a);
    say("%s %s", st(a), st(b));

    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(b, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
