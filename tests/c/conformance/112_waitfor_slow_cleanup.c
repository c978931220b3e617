/* TimeoutError comes only when the task has cleaned up. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    BIDE_TRY(bide_sleep(7));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    int rc = bide_wait_for(t, 10, NULL);
    if (rc != BIDE_ETIMEDOUT) return rc;
    say("%s %d %s", bide_error_name(rc), now(), st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
