/* The shield of a task that has ended is that task itself. */
#include "conformance.h"

static int job(void *arg) { return bide_return_i64(1); }

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_TRY(bide_await(t, NULL));
    BIDE_AUTO bide_future *s = bide_shield(t);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(s, &v));
    say("%d %s", s == t, show(v));
    return 0;
}

int main(void) { return conformance_run(async_main); }
