/* test_close.c -- a loop is closed while tasks wait in every way: nothing on their stacks is touched afterwards. */
#include "test.h"

static int note_context(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(strncmp(context->message, "Task was", 8) == 0 ? "pending" : context->message);
    return 0;
}

/* Run `fn` as a task that stops the loop while it and others wait. Then close the loop. */
static void close_during(bide_fn *fn) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, note_context, NULL);
    bide_task *t = bide_loop_create_task(loop, fn, NULL);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK(!bide_future_done(t));
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK(bide_future_cancelled(t));
    bide_release(t);
    bide_loop_release(loop);
}

static int stop(void *arg) {
    bide_loop_stop(NULL);
    return 0;
}

/* Stop the loop when all tasks made so far wait. */
static void stop_soon(void) { bide_loop_call_later(NULL, 1, stop, NULL); }

static int in_a_timeout(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT, outer = BIDE_TIMEOUT_INIT;
    stop_soon();
    BIDE_WITH_TIMEOUT(&outer, 9) BIDE_WITH_TIMEOUT(&t, 5) BIDE_TRY(bide_sleep(100));
    return 0;
}

TEST(close_of_a_loop_with_a_task_in_a_timeout) {
    close_during(in_a_timeout);
    CHECK_LOG("pending");
}

static int in_wait_for(void *arg) {
    stop_soon();
    return bide_wait_for_call(test_sleeper, &(double){ 100 }, 5, NULL);
}

TEST(close_of_a_loop_with_a_task_in_wait_for) {
    close_during(in_wait_for);
    CHECK_LOG("pending");
}

static int in_a_group(void *arg) {
    static double hundred = 100;
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    stop_soon();
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task(&g, test_sleeper, &hundred);
        bide_task_group_create_task(&g, test_sleeper, &hundred);
    }
    return 0;
}

TEST(close_of_a_loop_with_a_task_in_a_group) {
    close_during(in_a_group);
    CHECK_LOG("pending pending pending");
}

static int acquires(void *lock) { return bide_lock_acquire(lock); }
static int waits_for_event(void *event) { return bide_event_wait(event); }

/* The others wait for objects in the first task's stack. */
static int holds_what_others_wait_for(void *arg) {
    bide_lock lock = BIDE_LOCK_INIT;
    bide_event event = BIDE_EVENT_INIT;
    BIDE_TRY(bide_lock_acquire(&lock));
    for (int i = 0; i < 2; i++) {
        bide_release(bide_create_task(acquires, &lock));
        bide_release(bide_create_task(waits_for_event, &event));
    }
    stop_soon();
    return bide_sleep(100);
}

TEST(close_of_a_loop_with_tasks_that_wait_in_another_ones_frame) {
    close_during(holds_what_others_wait_for);
    CHECK_LOG("pending pending pending pending pending");
}

static int lasts_long(void *arg) {
    for (int i = 0; i < 100; i++) bide_ignore(bide_sleep(10));
    return 0;
}

static int cancels_in_vain(void *t) { return bide_wait_for(t, 0, NULL); }

/* The waiting task's frame has a node among the callbacks of a task that is older, and of one that is younger. */
static int waits_for_a_cancelled_task(void *arg) {
    bide_task *older = bide_create_task(lasts_long, NULL);
    bide_release(bide_create_task(cancels_in_vain, older));
    BIDE_TRY(bide_sleep(0));
    stop_soon();
    bide_task *younger = bide_create_task(lasts_long, NULL);
    BIDE_TRY(bide_sleep(0));
    return bide_wait_for(younger, 0, NULL);
}

static int collects(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

TEST(close_of_a_loop_with_a_task_that_waits_for_a_cancelled_one) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, collects, NULL);
    bide_task *t = bide_loop_create_task(loop, waits_for_a_cancelled_task, NULL);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    bide_task *all[8];
    const size_t n = bide_all_tasks(loop, all, 8);
    CHECK_INT(n, 4);
    CHECK_CODE(bide_loop_close(loop), 0);
    for (size_t i = 0; i < n; i++) CHECK(bide_future_cancelled(all[i]));
    bide_release_all(all, n);
    bide_release(all[1]), bide_release(all[1]);     /* the frame and the wait that are gone each had a reference */
    bide_release(all[3]), bide_release(all[3]);
    bide_release(t);
    bide_loop_release(loop);
}

static int defers_and_waits(void *arg) {
    BIDE_TRY(bide_defer(stop, NULL));
    stop_soon();
    return bide_sleep(100);
}

TEST(close_of_a_loop_runs_what_is_deferred) {
    close_during(defers_and_waits);
    CHECK_LOG("pending");
}

/* ------------------------------------------------------------------ generators whose scopes outlive who asked */

static int yields_in_a_timeout(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 5) {
        for (int i = 0;; i++) BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
    return 0;
}

static int yields_in_a_group(void *arg) {
    static double two = 2;
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task(&g, test_sleeper, &two);
        BIDE_TRY(bide_yield(bide_i64(1), NULL));
    }
    return 0;
}

static int asks(void *g) { return bide_generator_next(g, NULL); }

TASK_TEST(timeout_of_a_generator_is_exited_by_another_task) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_in_a_timeout, NULL);
    CHECK_CODE(bide_join(bide_create_task(asks, g), NULL), 0);
    CHECK_CODE(bide_generator_close(g), 0);
    return 0;
}

TASK_TEST(timeout_of_a_generator_strikes_when_who_entered_it_is_gone) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_in_a_timeout, NULL);
    CHECK_CODE(bide_join(bide_create_task(asks, g), NULL), 0);
    CHECK_CODE(bide_sleep(10), 0);
    CHECK_CODE(bide_generator_next(g, NULL), 0);
    CHECK_CODE(bide_generator_close(g), 0);
    return 0;
}

TASK_TEST(group_of_a_generator_is_exited_by_another_task) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_in_a_group, NULL);
    CHECK_CODE(bide_join(bide_create_task(asks, g), NULL), 0);
    CHECK_CODE(bide_generator_next(g, NULL), BIDE_ESTOP);
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

TASK_TEST(group_of_a_generator_is_closed_by_another_task) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_in_a_group, NULL);
    CHECK_CODE(bide_join(bide_create_task(asks, g), NULL), 0);
    CHECK_CODE(bide_generator_close(g), BIDE_EGROUP);
    CHECK(bide_loop_time(NULL) == 0);
    return 0;
}

static bide_task_group shared;
static int exits_shared(void *arg) { return bide_task_group_exit(&shared, 0); }

TASK_TEST(group_is_exited_by_one_task_only) {
    shared = (bide_task_group)BIDE_TASK_GROUP_INIT;
    CHECK_CODE(bide_task_group_enter(&shared), 0);
    bide_task_group_create_task(&shared, test_sleeper, &(double){ 1 });
    bide_task *t = bide_create_task(exits_shared, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(exits_shared(NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "TaskGroup is being exited by another task");
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_CODE(exits_shared(NULL), BIDE_ERUNTIME);
    return 0;
}

static int asks_and_waits(void *g) {
    BIDE_TRY(asks(g));
    stop_soon();
    return bide_sleep(100);
}

static bide_generator *kept;
static int asks_kept(void *arg) { return asks_and_waits(kept); }

TEST(close_of_a_loop_with_generators_suspended_in_scopes) {
    bide_fn *fns[] = { yields_in_a_timeout, yields_in_a_group };
    for (int i = 0; i < 2; i++) {
        kept = bide_async_generator_new(fns[i], NULL);
        close_during(asks_kept);
        bide_generator_release(kept);
    }
    CHECK_LOG("pending pending pending");
}

static int waits_in_idle_scopes(void *arg) {
    static bide_timeout never, struck;
    static bide_task_group empty;
    never = struck = (bide_timeout)BIDE_TIMEOUT_INIT, empty = (bide_task_group)BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_timeout_enter(&never, INFINITY));
    BIDE_TRY(bide_task_group_enter(&empty));
    BIDE_TRY(bide_timeout_enter(&struck, 0));
    bide_ignore(bide_sleep(1));
    stop_soon();
    return bide_sleep(100);
}

TEST(close_of_a_loop_with_a_task_in_scopes_that_wait_for_nothing) {
    close_during(waits_in_idle_scopes);
    CHECK_LOG("pending");
}

TEST_MAIN
