/* A deadline that has passed acts like a timeout of 0. */
#include "conformance.h"

static int async_main(void *arg) {
    BIDE_TRY(bide_sleep(20));
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_at_enter(&cm, 5));
    say("when %.0f", bide_timeout_when(&cm));
    int rc = bide_sleep(1);
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT) say("%s %d", xn(rc), now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
