/* Two nested wait_for with one deadline: the inner one gives CancelledError, the outer one TimeoutError. */
#include "conformance.h"

static int job(void *arg) { return bide_sleep(100); }

static int mid(void *arg) {
    int rc = bide_wait_for_call(job, NULL, 20, NULL);
    if (rc != 0) say("mid %s %d %d", bide_error_name(rc), now(), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int async_main(void *arg) {
    int rc = bide_wait_for_call(mid, NULL, 20, NULL);
    if (rc != 0) say("main %s %d %d", bide_error_name(rc), now(), bide_task_cancelling(bide_current_task()));
    return 0;
}

int main(void) { return conformance_run(async_main); }
