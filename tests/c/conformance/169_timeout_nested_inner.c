/* The inner of two deadlines comes first: only what is under the inner one ends. */
#include "conformance.h"

static int body(bide_timeout *o) {
    bide_timeout i = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&i, 10));
    int rc = bide_sleep(100);
    rc = bide_timeout_exit(&i, rc);
    if (rc == BIDE_ETIMEDOUT) say("inner %d %d %d", now(), bide_timeout_expired(&i), bide_timeout_expired(o));
    else BIDE_TRY(rc);
    return bide_sleep(10);
}

static int async_main(void *arg) {
    bide_timeout o = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&o, 30));
    int rc = body(&o);
    BIDE_TRY(bide_timeout_exit(&o, rc));
    say("end %d %d", now(), bide_timeout_expired(&o));
    return 0;
}

int main(void) { return conformance_run(async_main); }
