/* A task that cancels itself and then awaits a pending future cancels that future. */
#include "conformance.h"

static int body(void *arg) {
    bide_future *fut = arg;
    bide_task_cancel(bide_current_task());
    say("future %s", st(fut));
    int rc = bide_await(fut, NULL);
    if (rc == BIDE_ECANCELED) say("struck; future %s", st(fut));
    else BIDE_TRY(rc);
    return bide_return_i64(1);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_future *fut = bide_future_new(NULL);
    BIDE_AUTO bide_task *t = bide_create_task(body, fut);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s %d %s", show(v), bide_future_cancelled(t), st(fut));
    return 0;
}

int main(void) { return conformance_run(main_task); }
