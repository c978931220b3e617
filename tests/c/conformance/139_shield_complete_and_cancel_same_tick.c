/* The shielded future completes, and the caller is cancelled before the shield has taken the result over. */
#include "conformance.h"

static int caller(void *arg) {
    bide_future *f = arg;
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_join(bide_shield(f), &v);
    if (rc == BIDE_ECANCELED) say("cancelled %s", st(f));
    else BIDE_TRY(rc);
    if (rc == 0) say("value %s", show(v));
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_AUTO bide_task *c = bide_create_task(caller, f);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_future_set_result(f, bide_i64(4)));
    bide_task_cancel(c);
    BIDE_TRY(bide_await(c, NULL));
    say("%s", st(c));
    return 0;
}

int main(void) { return conformance_run(async_main); }
