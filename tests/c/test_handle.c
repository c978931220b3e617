/* test_handle.c -- callbacks of the loop: order, cancelling, retaining, timers. */
#include "test.h"

#include <float.h>
#include <stdlib.h>

static int note(void *what) {
    LOG(what);
    return 0;
}

TASK_TEST(handle_cancelled_is_not_called) {
    bide_handle *h = bide_loop_call_soon(NULL, note, "no");
    bide_loop_call_soon(NULL, note, "yes");
    CHECK(!bide_handle_cancelled(h));
    bide_handle_cancel(h);
    CHECK(bide_handle_cancelled(h));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("yes");
    return 0;
}

TASK_TEST(handle_cancelled_twice_or_late_is_harmless) {
    bide_handle *soon = bide_handle_retain(bide_loop_call_soon(NULL, note, "a"));
    bide_handle *later = bide_handle_retain(bide_loop_call_later(NULL, 1, note, "b"));
    bide_handle *never = bide_handle_retain(bide_loop_call_later(NULL, 2, note, "c"));
    bide_handle_cancel(never);
    bide_handle_cancel(never);
    CHECK_CODE(bide_sleep(3), 0);
    CHECK_LOG("a b");
    bide_handle_cancel(soon);
    bide_handle_cancel(later);
    bide_handle_cancel(never);
    CHECK(bide_handle_cancelled(soon));
    CHECK(bide_handle_when(later) == 1);
    bide_handle_release(soon), bide_handle_release(later), bide_handle_release(never);
    return 0;
}

TEST(handle_null_is_fine) {
    bide_handle_cancel(NULL);
    CHECK(!bide_handle_cancelled(NULL));
    CHECK(isnan(bide_handle_when(NULL)));
    CHECK(bide_handle_retain(NULL) == NULL);
    bide_handle_release(NULL);
}

static int stays(void *arg) { return 0; }

TEST(handle_retained_outlives_its_loop) {
    bide_loop *loop = bide_new_event_loop();
    bide_handle *h = bide_handle_retain(bide_loop_call_later(loop, 1, stays, NULL));
    bide_handle *c = bide_handle_retain(bide_loop_call_soon(loop, stays, NULL));
    bide_loop_release(loop);
    bide_handle_cancel(h);
    bide_handle_cancel(c);
    CHECK(bide_handle_cancelled(h));
    CHECK(bide_handle_when(h) == 1);
    bide_handle_release(h);
    bide_handle_release(c);
}

static bide_handle *other;
static int cancels_other(void *arg) {
    LOG("canceller");
    bide_handle_cancel(other);
    return 0;
}

TASK_TEST(handle_of_the_same_turn_can_still_be_cancelled) {
    bide_loop_call_soon(NULL, cancels_other, NULL);
    other = bide_loop_call_soon(NULL, note, "other");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("canceller");
    return 0;
}

static int cancels_itself(void *own) {
    bide_handle_cancel(*(bide_handle **)own);
    LOG("ran");
    return 0;
}

TASK_TEST(handle_that_cancels_itself_has_run) {
    bide_handle *own = NULL;
    own = bide_loop_call_later(NULL, 1, cancels_itself, &own);
    CHECK_CODE(bide_sleep(2), 0);
    CHECK_LOG("ran");
    return 0;
}

TASK_TEST(timer_order_is_by_time_then_by_creation) {
    bide_loop_call_later(NULL, 2, note, "c");
    bide_loop_call_later(NULL, 1, note, "a");
    bide_loop_call_later(NULL, 1, note, "b");
    bide_loop_call_at(NULL, 2, note, "d");
    CHECK_CODE(bide_sleep(3), 0);
    CHECK_LOG("a b c d");
    return 0;
}

TASK_TEST(timer_of_no_or_negative_delay_runs_behind_what_is_ready) {
    CHECK(bide_loop_call_later(NULL, 0, note, "zero"));
    CHECK(bide_loop_call_later(NULL, -5, note, "negative"));
    CHECK(bide_loop_call_at(NULL, -100, note, "past"));
    CHECK(bide_loop_call_later(NULL, -INFINITY, note, "-inf"));
    bide_loop_call_soon(NULL, note, "soon");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("soon -inf past negative zero");
    return 0;
}

TASK_TEST(timer_of_nan_is_a_value_error) {
    CHECK(bide_loop_call_later(NULL, NAN, note, "x") == NULL);
    CHECK_CODE(bide_last_error(), BIDE_EVALUE);
    CHECK(bide_loop_call_at(NULL, NAN, note, "x") == NULL);
    CHECK_CODE(bide_sleep(NAN), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "Invalid delay: NaN (not a number)");
    return 0;
}

TASK_TEST(timer_of_infinity_never_fires) {
    bide_handle *h = bide_loop_call_later(NULL, INFINITY, note, "never");
    CHECK(h != NULL);
    CHECK(bide_handle_when(h) == INFINITY);
    CHECK_CODE(bide_sleep(1e9), 0);
    CHECK_LOG("");
    return 0;
}

TASK_TEST(timer_of_a_huge_delay_waits_for_its_time) {
    bide_loop_call_later(NULL, 1e15, note, "huge");
    bide_handle *most = bide_loop_call_later(NULL, DBL_MAX, note, "most");
    CHECK_CODE(bide_sleep(1e16), 0);
    CHECK_LOG("huge");
    CHECK(bide_loop_time(NULL) == 1e16);
    bide_handle_cancel(most);
    return 0;
}

TASK_TEST(timer_when_is_in_the_loops_time) {
    CHECK_CODE(bide_sleep(2), 0);
    CHECK(bide_handle_when(bide_loop_call_later(NULL, 3, note, "x")) == 5);
    CHECK(bide_handle_when(bide_loop_call_at(NULL, 4, note, "y")) == 4);
    CHECK(isnan(bide_handle_when(bide_loop_call_soon(NULL, note, "z"))));
    CHECK_CODE(bide_sleep(4), 0);
    CHECK_LOG("z y x");
    return 0;
}

enum { MANY = 500 };
static double last_fired;
static int fired;

static int check_time(void *arg) {
    CHECK(bide_loop_time(NULL) >= last_fired);
    last_fired = bide_loop_time(NULL);
    fired++;
    return 0;
}

TASK_TEST(timer_heap_of_many_fires_in_order_and_loses_none) {
    static bide_handle *handles[MANY];
    unsigned seed = 12345;
    int cancelled = 0;
    fired = 0, last_fired = 0;
    for (int i = 0; i < MANY; i++) {
        seed = seed * 1103515245 + 12345;
        handles[i] = bide_loop_call_later(NULL, (seed >> 16) % 100, check_time, NULL);
    }
    for (int i = 0; i < MANY; i += 3, cancelled++) bide_handle_cancel(handles[i]);
    CHECK_CODE(bide_sleep(200), 0);
    CHECK_INT(fired, MANY - cancelled);
    return 0;
}

TASK_TEST(timer_is_as_good_as_its_loops_clock) {
    CHECK(bide_loop_time(NULL) == 0);
    CHECK_CODE(bide_sleep(0.1), 0);
    CHECK_CODE(bide_sleep(0.2), 0);
    CHECK(bide_loop_time(NULL) == 0.1 + 0.2);
    CHECK_CODE(bide_sleep(-1), 0);
    CHECK_CODE(bide_sleep(-INFINITY), 0);
    CHECK(bide_loop_time(NULL) == 0.1 + 0.2);
    return 0;
}

TEST_MAIN
