/* A second cancellation interrupts the clean-up that the first one began. */
#include "conformance.h"

static int clean_up(void) {
    say("cleanup starts %d", now());
    int rc = bide_sleep(50);
    if (rc == 0) say("cleanup complete %d", now());
    say("cleanup left %d", now());
    return rc;
}

static int body(void *arg) {
    int rc = bide_sleep(100);
    BIDE_TRY(clean_up());
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(10));
    bide_task_cancel(t);
    BIDE_TRY(bide_sleep(10));
    say("%s", st(t));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d %d", st(t), now(), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
