/* As long as nobody cancels, a shield lets the result through. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(3));
    return bide_return_i64(5);
}

static int async_main(void *arg) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_join(bide_shield_call(job, NULL), &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
