/* To await a task that is done already does not suspend. */
#include "conformance.h"

static int quick(void *arg) { return bide_return_i64(4); }

static int other(void *arg) {
    say("other runs");
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(quick, NULL);
    BIDE_TRY(bide_sleep(0));
    say("%s", st(t));
    BIDE_AUTO bide_task *o = bide_create_task(other, NULL);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("await %s", show(v));
    say("still before other %s", st(o));
    BIDE_TRY(bide_await(o, NULL));
    return 0;
}

int main(void) { return conformance_run(main_task); }
