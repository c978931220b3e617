/* A callback added to a future that is done is scheduled, not called at once. */
#include "conformance.h"

static int cb(bide_future *f, void *arg) {
    say("cb %s", st(f));
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_TRY(bide_future_set_result(f, bide_i64(3)));
    BIDE_TRY(bide_future_add_done_callback(f, cb, NULL));
    say("added");
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(f, &v));
    say("%s", show(v));
    say("await did not suspend");
    BIDE_TRY(bide_sleep(0));
    return 0;
}

int main(void) { return conformance_run(async_main); }
