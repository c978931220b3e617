/* test_deadlock.c -- nothing is ready, no timer is set: the handler, its first and second call. */
#include "test.h"

static int handler(void *arg) {
    LOG("deadlock");
    if (arg) ++*(int *)arg;
    return 0;
}

static int waits_forever(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    const int rc = bide_await(f, NULL);
    LOG(bide_error_name(rc));
    return rc;
}

static int main_waits_forever(void *times) {
    bide_loop_set_deadlock_handler(NULL, handler, times);
    bide_release(bide_create_task(waits_forever, NULL));
    return waits_forever(NULL);
}

TEST(deadlock_handler_ends_the_run_as_run_ends) {
    int times = 0;
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_run(main_waits_forever, &times, &v), BIDE_EDEADLOCK);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_INT(times, 1);
    CHECK_LOG("deadlock CancelledError CancelledError");
}

/* Waits without owning anything: the frame of a destroyed task could not release it. */
static int waits_again(void *arg) {
    CHECK_CODE(bide_sleep(INFINITY), BIDE_ECANCELED);
    LOG("again");
    return bide_sleep(INFINITY);
}

static int quiet(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    return 0;
}

static int main_deadlocks_twice(void *times) {
    bide_loop_set_deadlock_handler(NULL, handler, times);
    bide_loop_set_exception_handler(NULL, quiet, NULL);
    bide_release(bide_create_task_with(&(bide_task_options){ .name = "stubborn" }, waits_again, NULL));
    return waits_forever(NULL);
}

TEST(deadlock_a_second_time_closes_the_loop) {
    int times = 0;
    CHECK_CODE(bide_run(main_deadlocks_twice, &times, NULL), BIDE_EDEADLOCK);
    CHECK_INT(times, 1);
    CHECK(strstr(test_log, "again Task was destroyed but it is pending!") != NULL);
    test_log[0] = '\0';
}

TEST(deadlock_of_run_until_complete_and_run_forever) {
    int times = 0;
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_deadlock_handler(loop, handler, &times);
    BIDE_AUTO bide_future *f = bide_future_new(loop);
    CHECK_CODE(bide_loop_run_until_complete(loop, f, NULL), BIDE_EDEADLOCK);
    CHECK_INT(times, 1);
    CHECK(!bide_future_done(f));
    bide_loop_release(loop);
    loop = bide_new_event_loop();
    bide_loop_set_deadlock_handler(loop, handler, &times);
    CHECK_CODE(bide_loop_run_forever(loop), BIDE_EDEADLOCK);
    CHECK_INT(times, 2);
    bide_loop_release(loop);
    CHECK_LOG("deadlock deadlock");
}

static int sets_result(void *f) { return bide_future_set_result(f, bide_i64(1)); }

static int waits_for_a_timer(void *arg) {
    bide_loop_set_deadlock_handler(NULL, handler, NULL);
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    bide_loop_call_later(NULL, 1000, sets_result, f);
    return bide_await(f, NULL);
}

TEST(deadlock_is_none_while_a_timer_is_set) {
    CHECK_CODE(bide_run(waits_for_a_timer, NULL, NULL), 0);
    CHECK_LOG("");
}

static int sleeps_forever(void *arg) {
    bide_loop_set_deadlock_handler(NULL, handler, NULL);
    return bide_sleep(INFINITY);
}

TEST(deadlock_is_an_endless_sleep_too) {
    CHECK_CODE(bide_run(sleeps_forever, NULL, NULL), BIDE_EDEADLOCK);
    CHECK_LOG("deadlock");
}

static int each_awaits_the_other(void *other) { return bide_await(*(bide_task **)other, NULL); }

static int mutual(void *arg) {
    static bide_task *a, *b;
    bide_loop_set_deadlock_handler(NULL, handler, NULL);
    a = bide_create_task(each_awaits_the_other, &b);
    b = bide_create_task(each_awaits_the_other, &a);
    const int rc = bide_gather_join(BIDE_FUTURES(a, b), false, NULL);
    LOG(bide_error_name(rc));
    return rc;
}

TEST(deadlock_of_tasks_that_await_each_other_is_found) {
    CHECK_CODE(bide_run(mutual, NULL, NULL), BIDE_EDEADLOCK);
    CHECK(strncmp(test_log, "deadlock", 8) == 0);
    test_log[0] = '\0';
}

TEST_MAIN
