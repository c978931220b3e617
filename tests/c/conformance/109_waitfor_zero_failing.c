/* A task that fails while a timeout of 0 cancels it: the caller gets its error. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    if (rc == BIDE_ECANCELED) return bide_raise(BIDE_EVALUE, NULL);
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_TRY(bide_sleep(1));
    int rc = bide_wait_for(t, 0, NULL);
    if (rc != BIDE_EVALUE) return rc;
    say("%s", bide_error_name(rc));
    return 0;
}

int main(void) { return conformance_run(async_main); }
