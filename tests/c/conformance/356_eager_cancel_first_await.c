/* An eager task that sleeps is cancelled before the loop turns. */
#include "conformance.h"

static int job(void *arg) {
    const int rc = bide_sleep(10);
    say("job out %d", now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task_with(&(bide_task_options){ .eager_start = true }, job, NULL);
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
