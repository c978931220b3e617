/* The future completes just before the timeout, in the same turn; the timeout wins, as the task has not run since. */
#include "conformance.h"

static int complete(void *future) { return bide_future_set_result(future, bide_i64(1)); }

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    bide_loop_call_later(NULL, 10, complete, f);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_wait_for(f, 10, &v);
    if (rc == BIDE_ETIMEDOUT) say("%s %d %s", bide_error_name(rc), now(), st(f));
    else BIDE_TRY(rc);
    if (rc == 0) say("value %s %d", show(v), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
