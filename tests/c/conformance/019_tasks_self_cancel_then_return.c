/* A task that cancels itself and returns without suspending again ends cancelled, its value lost. */
#include "conformance.h"

static int body(void *arg) {
    bide_task_cancel(bide_current_task());
    return bide_return_i64(5);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_future_result(t, &v);
    if (rc == 0) say("%s", show(v));
    else if (rc == BIDE_ECANCELED) say("%s", bide_error_name(rc));
    else return rc;
    return 0;
}

int main(void) { return conformance_run(main_task); }
