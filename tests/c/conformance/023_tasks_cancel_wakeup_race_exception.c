/* A cancellation between the failure of a future and the step of its waiter replaces the error. */
#include "conformance.h"

static int body(void *arg) {
    bide_future *fut = arg;
    int rc = bide_await(fut, NULL);
    if (rc == BIDE_ECANCELED) say("cancelled");
    else if (rc == BIDE_EVALUE) say("value error");
    else BIDE_TRY(rc);
    return bide_return_i64(0);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_future *fut = bide_future_new(NULL);
    BIDE_AUTO bide_task *t = bide_create_task(body, fut);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_future_set_exception(fut, BIDE_EVALUE, NULL));
    bide_task_cancel(t);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s %d", show(v), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
