/* A cancellation is taken back before the waiter of a completed future steps: the waiter gets the value. */
#include "conformance.h"

static int body(void *arg) {
    bide_future *fut = arg;
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(fut, &v));
    say("value %s", show(v));
    return bide_return_i64(3);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_future *fut = bide_future_new(NULL);
    BIDE_AUTO bide_task *t = bide_create_task(body, fut);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_future_set_result(fut, bide_i64(1)));
    bide_task_cancel(t);
    say("uncancel %d", bide_task_uncancel(t));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(main_task); }
