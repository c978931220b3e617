/* The deadline strikes while a task cleans up after another's cancellation: CancelledError leaves all the same. */
#include "conformance.h"

static int work(void) {
    int rc = bide_sleep(100);
    say("cleanup %d", now());
    BIDE_TRY(bide_sleep(20));
    say("never");
    return rc;
}

static int body(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = work();
    rc = bide_timeout_exit(&cm, rc);
    if (rc != 0) say("%s %d %d %d", xn(rc), now(), bide_timeout_expired(&cm), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
