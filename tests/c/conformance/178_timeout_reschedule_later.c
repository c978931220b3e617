/* A deadline put off while it runs. */
#include "conformance.h"

static int body(bide_timeout *cm) {
    BIDE_TRY(bide_sleep(8));
    BIDE_TRY(bide_timeout_reschedule(cm, 30));
    BIDE_TRY(bide_sleep(8));
    say("past the old deadline %d %.0f", now(), bide_timeout_when(cm));
    return bide_sleep(100);
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = body(&cm);
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT) say("TimeoutError %d", now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
