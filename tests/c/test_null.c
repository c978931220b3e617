/* test_null.c -- NULL futures, NULL loops, NULL out parameters; every out parameter is written. */
#include "test.h"

static int done(bide_future *f, void *arg) { return 0; }
static int callback(void *arg) { return 0; }
static int fn(void *arg) { return 0; }
static int handler(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

/* A value that nobody has written. */
static bide_value junk(void) { return bide_i64(77); }
#define CHECK_WRITES_NONE(call, code) \
    do { \
        bide_value v = junk(); \
        CHECK_CODE(call, code); \
        CHECK_INT(v.kind, BIDE_NONE); \
    } while (0)

static void check_null_future(int code) {
    size_t n_done = 9;
    CHECK(bide_future_done(NULL));
    CHECK(!bide_future_cancelled(NULL));
    CHECK(!bide_future_cancel(NULL));
    CHECK(!bide_task_cancel(NULL));
    CHECK_INT(bide_task_uncancel(NULL), 0);
    CHECK_INT(bide_task_cancelling(NULL), 0);
    CHECK_INT(bide_task_stack_used(NULL), 0);
    CHECK(bide_task_get_name(NULL) == NULL);
    CHECK(bide_future_get_loop(NULL) == NULL);
    CHECK(bide_retain(NULL) == NULL);
    bide_release(NULL);
    bide_release_all(NULL, 0);
    bide_release_all(BIDE_FUTURES(NULL, NULL));
    CHECK_CODE(bide_task_set_name(NULL, "x"), code);
    CHECK_WRITES_NONE(bide_future_result(NULL, &v), code);
    CHECK_WRITES_NONE(bide_future_exception(NULL, &v), code);
    CHECK_CODE(bide_future_set_result(NULL, bide_bytes("x", 1)), code);
    CHECK_CODE(bide_future_set_exception(NULL, BIDE_EKEY, "%d", 1), code);
    CHECK_CODE(bide_future_add_done_callback(NULL, done, NULL), code);
    CHECK_INT(bide_future_remove_done_callback(NULL, done, NULL), 0);
    CHECK_WRITES_NONE(bide_await(NULL, &v), code);
    CHECK_WRITES_NONE(bide_join(NULL, &v), code);
    CHECK_WRITES_NONE(bide_wait_for(NULL, 1, &v), code);
    CHECK_WRITES_NONE(bide_wait_for(NULL, 0, &v), code);
    CHECK_WRITES_NONE(bide_wait_for_join(NULL, 1, &v), code);
    CHECK(bide_shield(NULL) == NULL);
    CHECK(bide_shield_join(NULL) == NULL);
    CHECK(bide_ensure_future(NULL) == NULL);
    CHECK_WRITES_NONE(bide_gather_join(BIDE_FUTURES(NULL), false, &v), code);
    CHECK_CODE(bide_wait(BIDE_FUTURES(NULL), INFINITY, BIDE_ALL_COMPLETED, &n_done), 0);
    CHECK_INT(n_done, 1);
    CHECK_WRITES_NONE(bide_loop_run_until_complete(NULL, NULL, &v), code);
    CHECK_WRITES_NONE(bide_loop_run_until_complete_join(NULL, NULL, &v), code);
}

TASK_TEST(null_future_failed_with_value_error_if_nothing_failed) {
    check_null_future(BIDE_EVALUE);
    return 0;
}

TASK_TEST(null_future_failed_with_the_last_error) {
    bide_ignore(bide_raise(BIDE_EKEY, "before"));
    check_null_future(BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "before");
    return 0;
}

TASK_TEST(null_future_among_gathered_ones_is_an_error_in_its_place) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    bide_ignore(bide_raise(BIDE_EKEY, "no task"));
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(fn, NULL), NULL, bide_create_task(fn, NULL)), true, &v), 0);
    CHECK_INT(v.count, 3);
    CHECK_CODE(v.items[1].code, BIDE_EKEY);
    CHECK_TEXT(v.items[1].message, "no task");
    return 0;
}

TASK_TEST(null_future_ends_a_wait_for_the_first) {
    size_t n_done;
    BIDE_AUTO bide_task *t = bide_create_task(test_sleeper, &(double){ 5 });
    CHECK_CODE(bide_wait(BIDE_FUTURES(t, NULL), INFINITY, BIDE_FIRST_COMPLETED, &n_done), 0);
    CHECK_INT(n_done, 1);
    CHECK_CODE(bide_wait(BIDE_FUTURES(t, NULL), INFINITY, BIDE_FIRST_EXCEPTION, &n_done), 0);
    CHECK_INT(n_done, 1);
    CHECK_CODE(bide_wait(BIDE_FUTURES(t, NULL), INFINITY, BIDE_ALL_COMPLETED, &n_done), 0);
    CHECK_INT(n_done, 2);
    CHECK(bide_loop_time(NULL) == 5);
    return 0;
}

TASK_TEST(null_future_comes_from_a_creation_that_failed) {
    bide_value v = junk();
    const bide_task_options huge = { .stack_size = (size_t)1 << 31 };
    CHECK_CODE(bide_join(bide_create_task_with(&huge, fn, NULL), &v), BIDE_EVALUE);
    CHECK_INT(v.kind, BIDE_NONE);
    return 0;
}

TEST(null_loop_without_any_is_a_runtime_error) {
    bide_value v = junk();
    bide_task *out[1] = { (bide_task *)&v };
    CHECK(bide_get_event_loop() == NULL);
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
    CHECK(bide_get_running_loop() == NULL);
    CHECK(bide_future_new(NULL) == NULL);
    CHECK(bide_create_task(fn, NULL) == NULL);
    CHECK(bide_create_task_copy(fn, &v, sizeof v) == NULL);
    CHECK(bide_create_task_with(NULL, fn, NULL) == NULL);
    CHECK(bide_loop_create_task(NULL, fn, NULL) == NULL);
    CHECK(bide_ensure_future_call(fn, NULL) == NULL);
    CHECK(bide_shield_call(fn, NULL) == NULL);
    CHECK(bide_gather(NULL, 0, false) == NULL);
    CHECK(bide_loop_call_soon(NULL, callback, NULL) == NULL);
    CHECK(bide_loop_call_later(NULL, 1, callback, NULL) == NULL);
    CHECK(bide_loop_call_at(NULL, 1, callback, NULL) == NULL);
    CHECK_CODE(bide_loop_call_soon_threadsafe(NULL, callback, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_run_forever(NULL), BIDE_ERUNTIME);
    CHECK_WRITES_NONE(bide_loop_run_until_complete_call(NULL, fn, NULL, &v), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_close(NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_add_reader(NULL, 0, callback, NULL), BIDE_ERUNTIME);
    CHECK(!bide_loop_remove_reader(NULL, 0));
    CHECK(!bide_loop_is_running(NULL));
    CHECK(isnan(bide_loop_time(NULL)));
    CHECK_INT(bide_all_tasks(NULL, out, 1), 0);
    CHECK(out[0] == NULL);
    bide_loop_stop(NULL);
    bide_loop_release(NULL);
    bide_loop_set_exception_handler(NULL, handler, NULL);
    bide_loop_set_deadlock_handler(NULL, callback, NULL);
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
}

TEST(null_loop_is_the_one_that_was_set) {
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK(bide_future_get_loop(f) == loop);
    CHECK(bide_loop_call_soon(NULL, callback, NULL) != NULL);
    CHECK_CODE(bide_loop_run_until_complete_call(NULL, fn, NULL, NULL), 0);
    CHECK(!bide_loop_is_closed(NULL));
    CHECK(bide_create_task(fn, NULL) == NULL);   /* needs a running loop */
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
    bide_set_event_loop(NULL);
    bide_loop_release(loop);
}

TASK_TEST(null_loop_is_the_running_one) {
    bide_loop *other = bide_new_event_loop();
    bide_loop *outer = bide_get_running_loop();
    CHECK(bide_get_event_loop() == outer);
    bide_set_event_loop(other);
    CHECK(bide_get_event_loop() == outer);
    bide_set_event_loop(NULL);
    bide_loop_release(other);
    CHECK(bide_loop_is_running(NULL));
    return 0;
}

TASK_TEST(out_parameters_may_be_null) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_result(f, NULL), BIDE_ESTATE);
    CHECK_CODE(bide_future_exception(f, NULL), BIDE_ESTATE);
    CHECK_CODE(bide_future_set_exception(f, BIDE_EKEY, "x"), 0);
    CHECK_CODE(bide_future_exception(f, NULL), 0);
    CHECK_CODE(bide_wait(BIDE_FUTURES(f), 0, BIDE_ALL_COMPLETED, NULL), 0);
    CHECK_CODE(bide_call(fn, NULL, NULL), 0);
    return 0;
}

static int succeeds_with_bytes(void *arg) { return bide_return_text("dropped"); }

TASK_TEST(out_parameter_that_is_null_leaks_no_value) {
    CHECK_CODE(bide_join(bide_create_task(succeeds_with_bytes, NULL), NULL), 0);
    CHECK_CODE(bide_call(succeeds_with_bytes, NULL, NULL), 0);
    CHECK_CODE(bide_wait_for_call(succeeds_with_bytes, NULL, 1, NULL), 0);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(succeeds_with_bytes, NULL)), false, NULL), 0);
    return 0;
}

static int fails(void *arg) { return bide_raise(BIDE_EKEY, "x"); }

TASK_TEST(out_parameters_are_written_after_a_failure) {
    BIDE_AUTO bide_future *pending = bide_future_new(NULL);
    BIDE_AUTO bide_task *sleeping = bide_create_task(test_sleeper, &(double){ 100 });
    size_t n_done = 9;
    CHECK_WRITES_NONE(bide_future_result(pending, &v), BIDE_ESTATE);
    CHECK_WRITES_NONE(bide_future_exception(pending, &v), BIDE_ESTATE);
    CHECK_WRITES_NONE(bide_join(bide_create_task(fails, NULL), &v), BIDE_EKEY);
    CHECK_WRITES_NONE(bide_call(fails, NULL, &v), BIDE_EKEY);
    CHECK_WRITES_NONE(bide_await(bide_current_task(), &v), BIDE_ERUNTIME);
    CHECK_WRITES_NONE(bide_wait_for(sleeping, NAN, &v), BIDE_EVALUE);
    CHECK_WRITES_NONE(bide_wait_for_call(fails, NULL, NAN, &v), BIDE_EVALUE);
    CHECK_WRITES_NONE(bide_wait_for_call(fails, NULL, 0, &v), BIDE_ETIMEDOUT);
    CHECK_WRITES_NONE(bide_wait_for_join(bide_shield(sleeping), 1, &v), BIDE_ETIMEDOUT);
    CHECK_WRITES_NONE(bide_wait_for(sleeping, 0, &v), BIDE_ETIMEDOUT);
    CHECK_WRITES_NONE(bide_run(fn, NULL, &v), BIDE_ERUNTIME);
    CHECK_WRITES_NONE(bide_loop_run_until_complete(NULL, pending, &v), BIDE_ERUNTIME);
    CHECK_WRITES_NONE(bide_loop_run_until_complete_call(NULL, fn, NULL, &v), BIDE_ERUNTIME);
    CHECK_WRITES_NONE(bide_await_promise(0, &v), bide_last_error());
    CHECK_CODE(bide_wait(NULL, 0, 1, BIDE_ALL_COMPLETED, &n_done), BIDE_EVALUE);
    CHECK_INT(n_done, 0);
    n_done = 9;
    CHECK_CODE(bide_wait(BIDE_FUTURES(pending), 1, (bide_return_when)7, &n_done), BIDE_EVALUE);
    CHECK_INT(n_done, 0);
    n_done = 9;
    CHECK_CODE(bide_wait(BIDE_FUTURES(pending), NAN, BIDE_ALL_COMPLETED, &n_done), BIDE_EVALUE);
    CHECK_INT(n_done, 0);
    return 0;
}

TEST_MAIN
