/* The caller is cancelled while its wait_for with a timeout of 0 waits for the task's clean-up. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    int cleanup = bide_sleep(20);
    say("job out %d", now());
    return cleanup != 0 ? cleanup : rc;
}

static int caller(void *arg) {
    bide_task *t = arg;
    int rc = bide_wait_for(t, 0, NULL);
    say("caller out %d %s", now(), st(t));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_TRY(bide_sleep(1));
    BIDE_AUTO bide_task *c = bide_create_task(caller, t);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(c);
    BIDE_TRY(bide_wait(BIDE_FUTURES(c, t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %d", st(c), st(t), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
