/* A timeout can be entered only once, neither twice at a time nor again afterwards. */
#include "conformance.h"

static int enter_and_exit(bide_timeout *cm) {
    BIDE_TRY(bide_timeout_enter(cm, 10));
    say("never");
    return bide_timeout_exit(cm, 0);
}

static int body(bide_timeout *cm) {
    int rc = enter_and_exit(cm);
    if (rc == BIDE_ERUNTIME) say("nested %s", xn(rc));
    else BIDE_TRY(rc);
    return 0;
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = body(&cm);
    BIDE_TRY(bide_timeout_exit(&cm, rc));
    rc = enter_and_exit(&cm);
    if (rc == BIDE_ERUNTIME) say("again %s", xn(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
