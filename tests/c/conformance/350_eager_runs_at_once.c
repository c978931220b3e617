/* An eager task runs inside of the call that makes it, until its first suspension. */
#include "conformance.h"

static int job(void *arg) {
    say("job starts");
    BIDE_TRY(bide_sleep(0));
    say("job goes on");
    return bide_return_i64(3);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task_with(&(bide_task_options){ .eager_start = true }, job, NULL);
    say("created %s", st(t));
    bide_value v;
    BIDE_TRY(bide_await(t, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(async_main); }
