/* A task that raises CancelledError of its own ends as cancelled, with no request counted. */
#include "conformance.h"

static int body(void *arg) { return bide_raise(BIDE_ECANCELED, NULL); }

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    int rc = bide_await(t, NULL);
    if (rc == BIDE_ECANCELED) say("main: awaited task was cancelled");
    else BIDE_TRY(rc);
    say("%s %d %d", st(t), bide_task_cancelling(t), bide_task_cancelling(bide_current_task()));
    return 0;
}

int main(void) { return conformance_run(main_task); }
