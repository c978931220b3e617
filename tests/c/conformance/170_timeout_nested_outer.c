/* The outer of two deadlines comes first: CancelledError passes the inner one and leaves the outer one as TimeoutError. */
#include "conformance.h"

static int body(bide_timeout *o) {
    bide_timeout i = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&i, 30));
    int rc = bide_sleep(100);
    rc = bide_timeout_exit(&i, rc);
    if (rc != 0) say("inner %s %d %d %d", xn(rc), now(), bide_timeout_expired(&i), bide_timeout_expired(o));
    return rc;
}

static int async_main(void *arg) {
    bide_timeout o = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&o, 10));
    int rc = body(&o);
    rc = bide_timeout_exit(&o, rc);
    if (rc != 0) say("outer %s %d %d", xn(rc), now(), bide_timeout_expired(&o));
    return 0;
}

int main(void) { return conformance_run(async_main); }
