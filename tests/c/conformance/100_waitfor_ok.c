/* The result comes before the timeout, whose timer leaves no trace. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(4));
    return bide_return_i64(5);
}

static int async_main(void *arg) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_wait_for_call(job, NULL, 10, &v));
    say("%s %d", show(v), now());
    BIDE_TRY(bide_sleep(20));
    say("still fine %d %d", now(), bide_task_cancelling(bide_current_task()));
    return 0;
}

int main(void) { return conformance_run(async_main); }
