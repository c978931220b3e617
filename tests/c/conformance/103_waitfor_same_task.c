/* With a positive timeout a function runs in the calling task itself, without an extra turn. */
#include "conformance.h"

static int job(void *arg) {
    bide_task *me = arg;
    say("same task %d", bide_current_task() == me);
    return bide_return_i64(3);
}

static int other(void *arg) {
    say("other");
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *o = bide_create_task(other, NULL);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_wait_for_call(job, bide_current_task(), 10, &v));
    say("%s", show(v));
    say("other %s", st(o));
    return 0;
}

int main(void) { return conformance_run(async_main); }
