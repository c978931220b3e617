/* Waiting for no futures at all is a ValueError. */
#include "conformance.h"

static int async_main(void *arg) {
    int rc = bide_wait(NULL, 0, INFINITY, BIDE_ALL_COMPLETED, NULL);
    if (rc != BIDE_EVALUE) return rc;
    say("%s", bide_error_name(rc));
    return 0;
}

int main(void) { return conformance_run(async_main); }
