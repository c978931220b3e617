/* test_runner_debug.c -- a runner whose loop is in debug mode. */
#include "test.h"

static int tells_debug(void *arg) { return bide_return_i64(bide_loop_get_debug(NULL)); }

static int64_t debug_in(const bide_runner_options *options) {
    bide_runner r;
    bide_value v;
    CHECK_CODE(bide_runner_init(&r, options), 0);
    CHECK_CODE(bide_runner_run(&r, tells_debug, NULL, &v), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    return v.i64;
}

TEST(runner_loop_is_in_debug_mode_if_asked_for) {
    CHECK_INT(debug_in(&(bide_runner_options){ .debug = true }), 1);
    CHECK_INT(debug_in(NULL), 0);
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_debug(loop, true);
    CHECK(bide_loop_get_debug(loop));
    bide_loop_release(loop);
}

TEST_MAIN
