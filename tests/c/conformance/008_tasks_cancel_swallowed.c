/* A task that swallows its cancellation and returns ends with a result. */
#include "conformance.h"

static int body(void *arg) {
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) say("swallowed");
    else BIDE_TRY(rc);
    return bide_return_i64(7);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("result %s", show(v));
    say("%d %d %d", bide_future_cancelled(t), bide_task_cancelling(t), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
