/* Of two nested wait_for the inner one's deadline comes first. */
#include "conformance.h"

static int job(void *arg) { return bide_sleep(100); }

static int mid(void *arg) {
    int rc = bide_wait_for_call(job, NULL, 5, NULL);
    if (rc == BIDE_ETIMEDOUT) {
        say("mid %s %d", bide_error_name(rc), now());
        BIDE_TRY(bide_sleep(2));
    } else {
        BIDE_TRY(rc);
    }
    return bide_return_i64(1);
}

static int async_main(void *arg) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_wait_for_call(mid, NULL, 20, &v));
    say("%s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
