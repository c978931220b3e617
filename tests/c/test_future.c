/* test_future.c -- futures: states, completing them, done callbacks. */
#include "test.h"

static int note(bide_future *f, void *what) {
    LOG(what);
    return 0;
}

TASK_TEST(future_pending_answers_so) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK(!bide_future_done(f));
    CHECK(!bide_future_cancelled(f));
    CHECK_CODE(bide_future_result(f, NULL), BIDE_ESTATE);
    CHECK_TEXT(bide_last_message(), "Result is not set.");
    CHECK_CODE(bide_future_exception(f, NULL), BIDE_ESTATE);
    CHECK_TEXT(bide_last_message(), "Exception is not set.");
    return 0;
}

TASK_TEST(future_done_can_not_be_completed_again) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_future_set_result(f, bide_i64(2)), BIDE_ESTATE);
    CHECK_CODE(bide_future_set_exception(f, BIDE_EKEY, NULL), BIDE_ESTATE);
    CHECK(!bide_future_cancel(f));
    bide_value v;
    CHECK_CODE(bide_future_result(f, &v), 0);
    CHECK_INT(v.i64, 1);
    return 0;
}

TASK_TEST(future_cancelled_can_not_be_completed) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK(bide_future_cancel(f));
    CHECK(bide_future_cancelled(f));
    CHECK_CODE(bide_future_set_result(f, bide_i64(2)), BIDE_ESTATE);
    CHECK_CODE(bide_future_result(f, NULL), BIDE_ECANCELED);
    CHECK_CODE(bide_future_exception(f, NULL), BIDE_ECANCELED);
    CHECK_CODE(bide_await(f, NULL), BIDE_ECANCELED);
    return 0;
}

TASK_TEST(future_exception_has_code_and_message) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_AUTO_VALUE bide_value error = { 0 };
    CHECK_CODE(bide_future_set_exception(f, BIDE_EKEY, "no %s", "x"), 0);
    CHECK_CODE(bide_future_exception(f, &error), 0);
    CHECK_INT(error.kind, BIDE_ERROR);
    CHECK_CODE(error.code, BIDE_EKEY);
    CHECK_TEXT(error.message, "no x");
    CHECK_CODE(bide_future_result(f, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "no x");
    return 0;
}

TASK_TEST(future_exception_of_a_result_is_none) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    bide_value error = bide_i64(1);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_future_exception(f, &error), 0);
    CHECK_INT(error.kind, BIDE_NONE);
    return 0;
}

static bide_future *failed_with(int code) {
    bide_future *f = bide_future_new(NULL);
    bide_ignore(bide_future_set_exception(f, code, "m"));
    return f;
}

TASK_TEST(future_set_exception_of_odd_codes) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_exception(f, 0, "none"), BIDE_EVALUE);
    CHECK(!bide_future_done(f));
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_join(failed_with(-1), NULL), BIDE_EVALUE);
    CHECK_CODE(bide_join(failed_with(BIDE_ESTOP), NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "StopIteration interacts badly with generators and cannot be raised into a Future");
    BIDE_AUTO bide_future *c = failed_with(BIDE_ECANCELED);
    CHECK(bide_future_done(c));
    CHECK(!bide_future_cancelled(c));
    CHECK_CODE(bide_await(c, NULL), BIDE_ECANCELED);
    return 0;
}

TASK_TEST(future_functions_refuse_a_task) {
    BIDE_AUTO bide_task *t = bide_create_task(test_sleeper, NULL);
    CHECK_CODE(bide_future_set_result(t, bide_i64(1)), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Task does not support set_result operation");
    CHECK_CODE(bide_future_set_exception(t, BIDE_EKEY, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Task does not support set_exception operation");
    return bide_await(t, NULL);
}

TASK_TEST(done_callbacks_run_in_order_of_adding) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, note, "a"), 0);
    CHECK_CODE(bide_future_add_done_callback(f, note, "b"), 0);
    CHECK_CODE(bide_future_add_done_callback(f, note, "a"), 0);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("a b a");
    return 0;
}

TASK_TEST(done_callback_added_to_a_done_future_runs_next_turn) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_future_add_done_callback(f, note, "late"), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("late");
    return 0;
}

TASK_TEST(done_callback_removal_takes_every_registration_of_the_pair) {
    static char a[] = "a", b[] = "b";
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, note, a), 0);
    CHECK_CODE(bide_future_add_done_callback(f, note, b), 0);
    CHECK_CODE(bide_future_add_done_callback(f, note, a), 0);
    CHECK_INT(bide_future_remove_done_callback(f, note, a), 2);
    CHECK_INT(bide_future_remove_done_callback(f, note, a), 0);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_INT(bide_future_remove_done_callback(f, note, b), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("b");
    return 0;
}

TASK_TEST(done_callbacks_of_a_cancelled_future_run) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, note, "cancelled"), 0);
    CHECK(bide_future_cancel(f));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("cancelled");
    return 0;
}

TASK_TEST(done_callback_keeps_a_done_future_until_it_has_run) {
    bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, note, "kept"), 0);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("x", 1)), 0);
    bide_release(f);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("kept");
    return 0;
}

TASK_TEST(done_callback_of_a_pending_future_that_goes_is_dropped) {
    bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, note, "never"), 0);
    bide_release(f);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("");
    return 0;
}

static int adds_another(bide_future *f, void *arg) {
    LOG("first");
    CHECK_CODE(bide_future_add_done_callback(f, note, "second"), 0);
    return 0;
}

TASK_TEST(done_callback_may_add_another) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, adds_another, NULL), 0);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("first");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("second");
    return 0;
}

TASK_TEST(done_callback_sees_its_future) {
    BIDE_AUTO bide_task *t = bide_create_task(test_sleeper, NULL);
    CHECK_CODE(bide_future_add_done_callback(t, note, "t"), 0);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("t");
    return 0;
}

TASK_TEST(ensure_future_is_another_reference) {
    BIDE_AUTO bide_task *t = bide_create_task(test_sleeper, NULL);
    BIDE_AUTO bide_future *same = bide_ensure_future(t);
    CHECK(same == t);
    return bide_await(same, NULL);
}

TASK_TEST(future_awaiting_itself_or_another_loops_is_a_runtime_error) {
    bide_loop *other = bide_new_event_loop();
    BIDE_AUTO bide_future *foreign = bide_future_new(other);
    CHECK_CODE(bide_await(foreign, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_await(bide_current_task(), NULL), BIDE_ERUNTIME);
    BIDE_AUTO bide_future *own = bide_future_new(NULL);
    CHECK(bide_gather(BIDE_FUTURES(own, foreign), true) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_EVALUE);
    bide_loop_release(other);
    return 0;
}

/* Nobody can complete a future that only its shields and ended gathers know. It goes with the program's reference. The
 * runner counts what is left. */
TASK_TEST(shield_does_not_keep_a_future_that_was_dropped) {
    bide_future *f = bide_future_new(NULL);
    BIDE_AUTO bide_future *kept = bide_shield(f), *cancelled = bide_shield(f), *again = bide_shield(f);
    bide_release(bide_shield(f));
    CHECK_CODE(bide_wait_for(cancelled, 1, NULL), BIDE_ETIMEDOUT);
    CHECK(bide_future_cancel(again));
    CHECK_CODE(bide_sleep(0), 0);
    bide_release(f);
    CHECK(!bide_future_done(kept));
    CHECK(bide_future_cancel(kept));
    return bide_sleep(0);
}

TASK_TEST(shield_keeps_a_future_that_is_done_until_it_has_seen_it) {
    bide_future *f = bide_future_new(NULL);
    BIDE_AUTO bide_future *shield = bide_shield(f), *cancelled = bide_shield(f);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    CHECK(bide_future_cancel(cancelled));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("late", 4)), 0);
    bide_release(f);
    CHECK_CODE(bide_await(shield, &v), 0);
    CHECK_TEXT(v.bytes, "late");
    return 0;
}

TASK_TEST(gather_that_failed_does_not_keep_a_future_that_was_dropped) {
    bide_future *failing = bide_future_new(NULL), *f = bide_future_new(NULL);
    BIDE_AUTO bide_future *late = bide_gather(BIDE_FUTURES(f, failing, f), false);
    CHECK_CODE(bide_future_set_exception(failing, BIDE_EKEY, NULL), 0);
    CHECK_CODE(bide_await(late, NULL), BIDE_EKEY);
    BIDE_AUTO bide_future *at_once = bide_gather(BIDE_FUTURES(f, failing, f), false);
    CHECK_CODE(bide_await(at_once, NULL), BIDE_EKEY);
    bide_release(failing), bide_release(f);
    return 0;
}

TASK_TEST(gather_that_failed_keeps_a_future_that_is_done_until_it_has_seen_it) {
    bide_future *f = bide_future_new(NULL), *failing = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_exception(failing, BIDE_EKEY, NULL), 0);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(failing, bide_retain(f)), false, NULL), BIDE_EKEY);
    CHECK_CODE(bide_future_set_exception(f, BIDE_ELOOKUP, "nobody asks"), 0);
    bide_release(f);
    return bide_sleep(0);
}

TEST_MAIN
