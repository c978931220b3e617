/* With a timeout of 0 a function is never started. */
#include "conformance.h"

static int job(void *arg) {
    say("never");
    return 0;
}

static int async_main(void *arg) {
    int rc = bide_wait_for_call(job, NULL, 0, NULL);
    if (rc != BIDE_ETIMEDOUT) return rc;
    say("%s %d", bide_error_name(rc), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
