/* Whoever awaits the shield is cancelled at once, while the shielded task goes on. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(10));
    say("job ends %d", now());
    return bide_return_i64(5);
}

static int caller(void *arg) {
    bide_task *t = arg;
    int rc = bide_join(bide_shield(t), NULL);
    say("caller out %d %s", now(), st(t));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_AUTO bide_task *c = bide_create_task(caller, t);
    BIDE_TRY(bide_sleep(4));
    bide_task_cancel(c);
    BIDE_TRY(bide_wait(BIDE_FUTURES(c), INFINITY, BIDE_ALL_COMPLETED, NULL));

    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s %s", st(c), show(v));
    return 0;
}

int main(void) { return conformance_run(async_main); }
