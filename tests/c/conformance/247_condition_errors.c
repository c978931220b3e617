/* To wait for a condition or to notify it without its lock is a RuntimeError. */
#include "conformance.h"

static int async_main(void *arg) {
    bide_condition c = BIDE_CONDITION_INIT;
    int rc = bide_condition_wait(&c);
    if (rc == BIDE_ERUNTIME) say("wait %s", bide_error_name(rc));
    else BIDE_TRY(rc);
    rc = bide_condition_notify(&c, 1);
    if (rc == BIDE_ERUNTIME) say("notify %s", bide_error_name(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
