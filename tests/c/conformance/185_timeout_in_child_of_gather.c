/* A deadline in one task of a gather leaves the other alone. */
#include "conformance.h"

static int a(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 5));
    int rc = bide_sleep(20);
    rc = bide_timeout_exit(&cm, rc);
    return rc == BIDE_ETIMEDOUT ? bide_return_i64(1) : rc;
}

static int b(void *arg) {
    BIDE_TRY(bide_sleep(8));
    return bide_return_i64(2);
}

static int async_main(void *arg) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    bide_task *first = bide_create_task(a, NULL), *second = bide_create_task(b, NULL);
    BIDE_TRY(bide_gather_join(BIDE_FUTURES(first, second), false, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
