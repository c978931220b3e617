/* The middle of three deadlines comes first, the outermost later. */
#include "conformance.h"

static int under_b(bide_timeout *c) {
    BIDE_TRY(bide_timeout_enter(c, 20));
    int rc = bide_sleep(100);
    rc = bide_timeout_exit(c, rc);
    if (rc != 0) say("c %s %d", xn(rc), now());
    return rc;
}

static int under_a(bide_timeout *b, bide_timeout *c) {
    BIDE_TRY(bide_timeout_enter(b, 10));
    int rc = under_b(c);
    rc = bide_timeout_exit(b, rc);
    if (rc != 0) say("b %s %d", xn(rc), now());
    return bide_sleep(100);
}

static int async_main(void *arg) {
    bide_timeout a = BIDE_TIMEOUT_INIT, b = BIDE_TIMEOUT_INIT, c = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&a, 50));
    int rc = under_a(&b, &c);
    rc = bide_timeout_exit(&a, rc);
    if (rc != 0) say("a %s %d %d %d %d", xn(rc), now(), bide_timeout_expired(&a), bide_timeout_expired(&b), bide_timeout_expired(&c));
    return 0;
}

int main(void) { return conformance_run(async_main); }
