/* test_loop.c -- life of a loop: running, stopping, closing, two of them, what run leaves over. */
#include "test.h"

static int nothing(void *arg) { return 0; }
static int note(void *what) {
    LOG(what);
    return 0;
}
static int returns_i64(void *number) { return bide_return_i64(*(int *)number); }

static int stops(void *what) {
    if (what) LOG(what);
    bide_loop_stop(NULL);
    return 0;
}

TEST(loop_is_new_then_running_then_closed) {
    bide_loop *loop = bide_new_event_loop();
    CHECK(!bide_loop_is_running(loop));
    CHECK(!bide_loop_is_closed(loop));
    CHECK(bide_loop_time(loop) == 0);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, nothing, NULL, NULL), 0);
    CHECK(!bide_loop_is_running(loop));
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK(bide_loop_is_closed(loop));
    CHECK_CODE(bide_loop_close(loop), 0);
    bide_loop_release(loop);
}

TEST(loop_closed_refuses_everything) {
    bide_loop *loop = bide_new_event_loop();
    BIDE_AUTO bide_future *f = bide_future_new(loop);
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK(bide_loop_call_soon(loop, nothing, NULL) == NULL);
    CHECK_TEXT(bide_last_message(), "Event loop is closed");
    CHECK(bide_loop_call_later(loop, 1, nothing, NULL) == NULL);
    CHECK(bide_loop_call_at(loop, 1, nothing, NULL) == NULL);
    CHECK_CODE(bide_loop_call_soon_threadsafe(loop, nothing, NULL), BIDE_ERUNTIME);
    CHECK(bide_loop_create_task(loop, nothing, NULL) == NULL);
    CHECK_CODE(bide_loop_run_forever(loop), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_run_until_complete(loop, f, &v), BIDE_ERUNTIME);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_add_reader(loop, 0, nothing, NULL), BIDE_ERUNTIME);
    CHECK(!bide_loop_remove_reader(loop, 0));
    CHECK_INT(bide_all_tasks(loop, NULL, 0), 0);
    bide_loop_stop(loop);
    bide_loop_release(loop);
}

TEST(loop_future_can_be_completed_after_its_loop_closed) {
    bide_loop *loop = bide_new_event_loop();
    bide_future *f = bide_future_new(loop), *g = bide_future_new(loop);
    bide_future *gathered = bide_gather(BIDE_FUTURES(f, g), false), *shielded = bide_shield(f);
    bide_loop_release(loop);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("late", 4)), 0);
    CHECK(bide_future_cancel(g));
    CHECK_CODE(bide_future_result(f, NULL), 0);
    bide_release(gathered), bide_release(shielded), bide_release(f), bide_release(g);
}

TEST(loop_stop_before_run_runs_one_turn) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_call_soon(loop, note, "one");
    bide_loop_stop(loop);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_LOG("one");
    bide_loop_call_soon(loop, note, "two");
    bide_loop_call_soon(loop, stops, NULL);
    bide_loop_call_soon(loop, note, "same turn");
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_LOG("two same turn");
    bide_loop_release(loop);
}

TEST(loop_run_forever_ends_with_stop) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_call_later(loop, 5, stops, "stop");
    bide_loop_call_later(loop, 7, note, "later");
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK(bide_loop_time(loop) == 5);
    CHECK_LOG("stop");
    bide_loop_call_later(loop, 3, stops, "again");
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_LOG("later again");
    bide_loop_release(loop);
}

TEST(loop_stopped_before_the_future_is_done_is_a_runtime_error) {
    bide_loop *loop = bide_new_event_loop();
    BIDE_AUTO bide_future *f = bide_future_new(loop);
    bide_value v = bide_i64(1);
    bide_loop_call_soon(loop, stops, NULL);
    CHECK_CODE(bide_loop_run_until_complete(loop, f, &v), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Event loop stopped before Future completed.");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_future_set_result(f, bide_i64(3)), 0);
    CHECK_CODE(bide_loop_run_until_complete(loop, f, &v), 0);
    CHECK_INT(v.i64, 3);
    bide_loop_release(loop);
}

TEST(loop_tasks_rest_between_two_runs) {
    bide_loop *loop = bide_new_event_loop();
    bide_task *t = bide_loop_create_task(loop, test_sleeper, &(double){ 5 });
    CHECK_CODE(bide_loop_run_until_complete_call(loop, test_sleeper, &(double){ 2 }, NULL), 0);
    CHECK(!bide_future_done(t));
    CHECK_CODE(bide_loop_run_until_complete_join(loop, t, NULL), 0);
    CHECK(bide_loop_time(loop) == 5);
    bide_loop_release(loop);
}

static int runs_inside(void *loop) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_run(nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "asyncio.run() cannot be called from a running event loop");
    CHECK_CODE(bide_loop_run_forever(NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "This event loop is already running");
    CHECK_CODE(bide_loop_run_until_complete(NULL, f, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_run_forever(loop), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Cannot run the event loop while another loop is running");
    CHECK_CODE(bide_loop_run_until_complete_call(loop, nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_close(NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Cannot close a running event loop");
    return 0;
}

TEST(loop_does_not_run_inside_a_run) {
    bide_loop *other = bide_new_event_loop();
    CHECK_CODE(bide_run(runs_inside, other, NULL), 0);
    CHECK_CODE(bide_loop_run_until_complete_call(other, nothing, NULL, NULL), 0);
    bide_loop_release(other);
}

TEST(loops_are_two_with_clocks_of_their_own) {
    bide_loop *a = bide_new_event_loop(), *b = bide_new_event_loop();
    int number = 4;
    bide_value v;
    CHECK_CODE(bide_loop_run_until_complete_call(a, test_sleeper, &(double){ 10 }, NULL), 0);
    CHECK(bide_loop_time(a) == 10);
    CHECK(bide_loop_time(b) == 0);
    CHECK_CODE(bide_loop_run_until_complete_call(b, returns_i64, &number, &v), 0);
    CHECK_INT(v.i64, 4);
    BIDE_AUTO bide_future *of_a = bide_future_new(a);
    CHECK_CODE(bide_loop_run_until_complete(b, of_a, NULL), BIDE_EVALUE);
    bide_loop_release(a);
    CHECK_CODE(bide_loop_run_until_complete_call(b, test_sleeper, NULL, NULL), 0);
    bide_loop_release(b);
}

TEST(loop_that_was_set_lives_until_another_is) {
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    bide_loop_release(loop);
    CHECK(bide_get_event_loop() == loop);
    CHECK(bide_loop_is_closed(loop));
    bide_set_event_loop(NULL);
    CHECK(bide_get_event_loop() == NULL);
}

TEST(run_sets_its_loop_and_leaves_none) {
    CHECK_CODE(bide_run(nothing, NULL, NULL), 0);
    CHECK(bide_get_event_loop() == NULL);
    CHECK_CODE(bide_run(nothing, NULL, NULL), 0);
}

static int cleans_up(void *arg) {
    CHECK_CODE(bide_sleep(100), BIDE_ECANCELED);
    LOG("cancelled");
    CHECK_CODE(bide_sleep(1), 0);
    LOG("cleaned up");
    return BIDE_ECANCELED;
}

static int swallows(void *arg) {
    bide_ignore(bide_sleep(100));
    CHECK_CODE(bide_sleep(5), 0);
    LOG("swallowed");
    return 0;
}

static int leaves_some(void *arg) {
    bide_release(bide_create_task(cleans_up, NULL));
    bide_release(bide_create_task(swallows, NULL));
    BIDE_TRY(bide_sleep(1));
    bide_release(bide_create_task(note, "never started, yet steps"));
    LOG("main ends");
    return 0;
}

TEST(run_cancels_what_is_left_and_waits_for_it) {
    CHECK_CODE(bide_run(leaves_some, NULL, NULL), 0);
    CHECK_LOG("main ends never started, yet steps cancelled cleaned up swallowed");
}

static int cancels_itself(void *arg) {
    bide_task_cancel(bide_current_task());
    return bide_sleep(1);
}

TEST(run_of_a_main_that_is_cancelled_says_so) {
    CHECK_CODE(bide_run(cancels_itself, NULL, NULL), BIDE_ECANCELED);
}

static int deadline_passes(void *arg) {
    CHECK_CODE(bide_wait_for_call(test_sleeper, &(double){ 10 }, 1, NULL), BIDE_ETIMEDOUT);
    return 0;
}

TEST(run_many_times_in_a_row) {
    for (int i = 0; i < 20; i++) CHECK_CODE(bide_run(deadline_passes, NULL, NULL), 0);
}

static int threadsafe(void *arg) {
    CHECK_CODE(bide_loop_call_soon_threadsafe(NULL, note, "a"), 0);
    bide_loop_call_soon(NULL, note, "b");
    return bide_sleep(0);
}

TEST(loop_call_soon_threadsafe_keeps_the_order) {
    CHECK_CODE(bide_run(threadsafe, NULL, NULL), 0);
    CHECK_LOG("a b");
}

TEST_MAIN
