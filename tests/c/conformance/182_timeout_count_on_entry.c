/* A task with one swallowed request still counted gets TimeoutError like any other. */
#include "conformance.h"

static int body(void *arg) {
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) say("swallowed %d", bide_task_cancelling(bide_current_task()));
    else BIDE_TRY(rc);
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    rc = bide_sleep(100);
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT) say("%s %d %d", xn(rc), now(), bide_task_cancelling(bide_current_task()));
    else BIDE_TRY(rc);
    return bide_return_i64(1);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(async_main); }
