/* A cancellation between the completion of a future and the step of its waiter wins; the future keeps the value. */
#include "conformance.h"

static int body(void *arg) {
    bide_future *fut = arg;
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_await(fut, &v);
    if (rc == 0) say("value %s", show(v));
    if (rc == BIDE_ECANCELED) say("cancelled although future %s", st(fut));
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_future *fut = bide_future_new(NULL);
    BIDE_AUTO bide_task *t = bide_create_task(body, fut);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_future_set_result(fut, bide_i64(1)));
    say("%d", bide_task_cancel(t));
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s", st(t), st(fut));
    return 0;
}

int main(void) { return conformance_run(main_task); }
