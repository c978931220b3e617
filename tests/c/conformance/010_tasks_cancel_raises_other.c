/* An error raised in answer to a cancellation is what the task ends with. */
#include "conformance.h"

static int body(void *arg) {
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) return bide_raise(BIDE_EVALUE, "x");
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t);
    int rc = bide_await(t, NULL);
    if (rc == BIDE_EVALUE) say("main got %s", bide_error_name(rc));
    else BIDE_TRY(rc);
    say("%s %d", st(t), bide_future_cancelled(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
