/* The timeout strikes the shield around a task, and the task goes on. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(30));
    say("job ends %d", now());
    return bide_return_i64(2);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    int rc = bide_wait_for_join(bide_shield(t), 10, NULL);
    if (rc == BIDE_ETIMEDOUT) say("%s %d %s", bide_error_name(rc), now(), st(t));
    else BIDE_TRY(rc);

    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(async_main); }
