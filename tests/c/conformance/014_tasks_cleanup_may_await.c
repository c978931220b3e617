/* The clean-up after one cancellation may suspend and goes on to its end. */
#include "conformance.h"

static int body(void *arg) {
    int rc = bide_sleep(100);
    BIDE_TRY(bide_sleep(20));
    say("cleaned %d", now());
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(10));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(t), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
