/* test_outside.c -- suspending calls where nothing can be suspended: in main and in callbacks. */
#include "test.h"

static bide_event event;
static int nothing(void *arg) { return 0; }
static int answers_7(void *arg) { return bide_return_i64(7); }

static void check_suspending_calls(bide_loop *loop) {
    BIDE_AUTO bide_future *f = bide_future_new(loop);
    bide_value v = bide_i64(1);
    size_t n = 9;
    char c;
    event = (bide_event){ 0 };
    CHECK_CODE(bide_sleep(0), BIDE_ERUNTIME);
    CHECK_CODE(bide_sleep(1), BIDE_ERUNTIME);
    CHECK(strlen(bide_last_message()) > 0);
    CHECK_CODE(bide_await(f, &v), BIDE_ERUNTIME);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_wait_for(f, 1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_wait_for(f, 0, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_wait(BIDE_FUTURES(f), 1, BIDE_ALL_COMPLETED, &n), BIDE_ERUNTIME);
    CHECK_INT(n, 0);
    CHECK_CODE(bide_wait_for_call(nothing, NULL, 1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_event_wait(&event), BIDE_ERUNTIME);
    n = 9;
    CHECK_CODE(bide_read(0, &c, 1, &n), BIDE_ERUNTIME);
    CHECK_INT(n, 0);
    CHECK_CODE(bide_await_promise(1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_join(bide_retain(f), NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_retain(f)), false, NULL), BIDE_ERUNTIME);
    CHECK(!bide_future_done(f));
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);     /* the gather above holds it until it is done */
}

static void check_calls_that_need_no_task(void) {
    bide_value v;
    CHECK_CODE(bide_call(answers_7, NULL, &v), 0);
    CHECK_INT(v.i64, 7);
    CHECK_INT(bide_task_cancel(NULL), false);
    bide_event_set(&event);
}

TEST(outside_main_is_a_runtime_error) {
    bide_loop *loop = bide_new_event_loop();
    check_suspending_calls(loop);
    check_calls_that_need_no_task();
    bide_loop_release(loop);
}

static int in_callback(void *arg) {
    check_suspending_calls(NULL);
    check_calls_that_need_no_task();
    LOG("callback");
    return 0;
}

static int in_done_callback(bide_future *f, void *arg) { return in_callback(NULL); }

TASK_TEST(outside_a_task_in_callbacks_is_a_runtime_error) {
    BIDE_AUTO bide_task *t = bide_create_task(nothing, NULL);
    bide_loop_call_soon(NULL, in_callback, NULL);
    bide_loop_call_later(NULL, 1, in_callback, NULL);
    CHECK_CODE(bide_future_add_done_callback(t, in_done_callback, NULL), 0);
    CHECK_CODE(bide_sleep(2), 0);
    CHECK_LOG("callback callback callback");
    return 0;
}

static int in_handler(bide_loop *loop, const bide_exception_context *context, void *arg) { return in_callback(NULL); }
static int fails(void *arg) { return BIDE_EKEY; }

TASK_TEST(outside_a_task_in_the_exception_handler_is_a_runtime_error) {
    bide_loop_set_exception_handler(NULL, in_handler, NULL);
    bide_loop_call_soon(NULL, fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("callback");
    return 0;
}

TEST_MAIN
