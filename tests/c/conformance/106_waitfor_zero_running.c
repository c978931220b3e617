/* A timeout of 0 cancels a task that has begun, and waits for its end. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    BIDE_TRY(bide_sleep(3));
    say("cleaned %d", now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_TRY(bide_sleep(1));
    int rc = bide_wait_for(t, 0, NULL);
    if (rc != BIDE_ETIMEDOUT) return rc;
    say("%s %d %s", bide_error_name(rc), now(), st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
