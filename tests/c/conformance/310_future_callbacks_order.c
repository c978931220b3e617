/* Done callbacks run in the order they were added, in the next turn. */
#include "conformance.h"

static int cb1(bide_future *f, void *arg) {
    say("cb1 %s", st(f));
    return 0;
}

static int cb2(bide_future *f, void *arg) {
    say("cb2");
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_TRY(bide_future_add_done_callback(f, cb2, NULL));
    BIDE_TRY(bide_future_add_done_callback(f, cb1, NULL));
    BIDE_TRY(bide_future_add_done_callback(f, cb2, NULL));
    BIDE_TRY(bide_future_set_result(f, bide_i64(3)));
    say("set; callbacks not yet called");
    BIDE_TRY(bide_sleep(0));
    say("end");
    return 0;
}

int main(void) { return conformance_run(async_main); }
