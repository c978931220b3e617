/* The timeout cancels the task, and the caller gets TimeoutError. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) say("inner cancelled %d", now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    int rc = bide_wait_for(t, 10, NULL);
    if (rc != BIDE_ETIMEDOUT) return rc;
    say("%s %d %s %d", bide_error_name(rc), now(), st(t), bide_task_cancelling(bide_current_task()));
    return 0;
}

int main(void) { return conformance_run(async_main); }
