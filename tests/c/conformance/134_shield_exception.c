/* The error of the shielded task passes through. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(1));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int async_main(void *arg) {
    int rc = bide_join(bide_shield_call(job, NULL), NULL);
    if (rc != BIDE_EVALUE) return rc;
    say("%s %d", bide_error_name(rc), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
