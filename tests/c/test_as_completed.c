/* test_as_completed.c -- futures in the order in which they end. */
#include "test.h"

static int sleeps(void *arg) { return bide_sleep(*(double *)arg); }

TASK_TEST(as_completed_times_out_for_each_that_is_left) {
    bide_task *ts[] = { bide_create_task_copy(sleeps, BIDE_ARGS(double, 5)), bide_create_task_copy(sleeps, BIDE_ARGS(double, 1)),
                        bide_create_task_copy(sleeps, BIDE_ARGS(double, 7)) };
    bide_as_completed it;
    bide_future *f;
    CHECK_CODE(bide_as_completed_init(&it, ts, 3, 2.0), 0);
    CHECK_CODE(bide_as_completed_next(&it, &f), 0);
    CHECK(f == ts[1]);
    CHECK_CODE(bide_as_completed_next(&it, &f), BIDE_ETIMEDOUT);
    CHECK(f == NULL);
    CHECK_CODE(bide_as_completed_next(&it, &f), BIDE_ETIMEDOUT);
    CHECK(bide_loop_time(NULL) == 2.0);
    CHECK_CODE(bide_as_completed_next(&it, &f), BIDE_ESTOP);
    bide_as_completed_clear(&it);
    CHECK(!bide_future_done(ts[0]) && !bide_future_done(ts[2]));
    bide_release_all(ts, 3);
    return 0;
}

static int ends_at_once(void *arg) { return 0; }

/* In the turn of the timeout the task has ended already, but its callback comes in the next turn, which is too late. */
TASK_TEST(as_completed_times_out_for_one_that_ends_in_the_same_turn) {
    bide_task *ts[] = { bide_create_task(ends_at_once, NULL), bide_create_task_copy(sleeps, BIDE_ARGS(double, 5)) };
    bide_as_completed it;
    bide_future *f;
    CHECK_CODE(bide_as_completed_init(&it, ts, 2, -1.0), 0);
    CHECK_CODE(bide_as_completed_next(&it, &f), BIDE_ETIMEDOUT);
    CHECK(bide_future_done(ts[0]));
    CHECK_CODE(bide_as_completed_next(&it, &f), BIDE_ETIMEDOUT);
    CHECK_CODE(bide_as_completed_next(&it, &f), BIDE_ESTOP);
    bide_as_completed_clear(&it);
    bide_release_all(ts, 2);
    return 0;
}

TASK_TEST(as_completed_of_nothing_and_of_what_is_done) {
    bide_as_completed it;
    CHECK_CODE(bide_as_completed_init(&it, NULL, 0, 1.0), 0);
    CHECK(bide_as_completed_left(&it) == 0);
    bide_as_completed_clear(&it);
    bide_as_completed_clear(&it);
    BIDE_AUTO bide_future *done = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_result(done, bide_i64(4)), 0);
    bide_future *both[] = { done, NULL, done }, *f;
    CHECK_CODE(bide_as_completed_init(&it, both, 3, INFINITY), 0);
    CHECK(bide_as_completed_left(&it) == 1);
    CHECK_CODE(bide_as_completed_next(&it, &f), 0);
    CHECK(f == done);
    bide_as_completed_clear(&it);
    CHECK_CODE(bide_as_completed_init(&it, &done, 1, NAN), BIDE_EVALUE);
    bide_as_completed_clear(&it);
    return 0;
}

TEST_MAIN
