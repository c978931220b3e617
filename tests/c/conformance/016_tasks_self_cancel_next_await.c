/* A task that cancels itself is struck where it suspends next, here in bide_sleep(0). */
#include "conformance.h"

static int body(void *arg) {
    bide_task *me = bide_current_task();
    bool accepted = bide_task_cancel(me);
    say("%d %d", accepted, bide_task_cancelling(me));
    say("goes on");
    int rc = bide_sleep(0);
    if (rc == 0) say("never");
    if (rc == BIDE_ECANCELED) say("struck at sleep(0)");
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
