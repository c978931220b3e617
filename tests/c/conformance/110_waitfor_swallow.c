/* A task swallows the timeout's cancellation and returns a value: the caller gets the value, and no TimeoutError. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    if (rc == BIDE_ECANCELED) BIDE_TRY(bide_sleep(7));
    else BIDE_TRY(rc);
    return bide_return_i64(9);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_wait_for(t, 10, &v));
    say("%s %d %d", show(v), now(), bide_task_cancelling(bide_current_task()));
    return 0;
}

int main(void) { return conformance_run(async_main); }
