/* A timeout of 0 strikes at the first suspension, be it a sleep of 0. */
#include "conformance.h"

static int body(void) {
    say("inside");
    BIDE_TRY(bide_sleep(0));
    say("never");
    return 0;
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 0));
    int rc = body();
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT) say("%s %d", xn(rc), now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
