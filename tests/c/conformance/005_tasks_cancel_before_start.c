/* A task that is cancelled before its first step never enters its function. */
#include "conformance.h"

static int body(void *arg) {
    say("never printed");
    int rc = bide_sleep(1);
    say("never printed either");
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    bool accepted = bide_task_cancel(t);
    say("cancel %d %s %d", accepted, st(t), bide_task_cancelling(t));
    int rc = bide_await(t, NULL);
    if (rc == BIDE_ECANCELED) say("main got %s", bide_error_name(rc));
    else BIDE_TRY(rc);
    say("%s %d %d", st(t), bide_future_cancelled(t), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
