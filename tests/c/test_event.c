/* test_event.c -- a flag that tasks wait for. */
#include "test.h"

static bide_event event;

static int waits(void *name) {
    BIDE_TRY(bide_event_wait(&event));
    LOG(name);
    return 0;
}

TASK_TEST(event_set_wakes_everyone_in_order) {
    event = (bide_event)BIDE_EVENT_INIT;
    BIDE_AUTO bide_task *a = bide_create_task(waits, "a"), *b = bide_create_task(waits, "b");
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("");
    bide_event_set(&event);
    CHECK(bide_event_is_set(&event));
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_retain(a), bide_retain(b)), false, NULL), 0);
    CHECK_LOG("a b");
    return 0;
}

TASK_TEST(event_that_is_set_does_not_suspend) {
    bide_event set = { 0 };
    bide_event_set(&set);
    bide_event_set(&set);
    bide_release(bide_create_task(waits, "other"));
    CHECK_CODE(bide_event_wait(&set), 0);
    CHECK_LOG("");
    event = (bide_event){ 0 };
    bide_event_set(&event);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("other");
    return 0;
}

TASK_TEST(event_cleared_after_set_takes_no_wake_up_back) {
    event = (bide_event){ 0 };
    BIDE_AUTO bide_task *t = bide_create_task(waits, "woken");
    CHECK_CODE(bide_sleep(0), 0);
    bide_event_set(&event);
    bide_event_clear(&event);
    CHECK(!bide_event_is_set(&event));
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("woken");
    return 0;
}

TASK_TEST(event_wait_cancelled_leaves_the_queue) {
    event = (bide_event){ 0 };
    BIDE_AUTO bide_task *a = bide_create_task(waits, "a"), *b = bide_create_task(waits, "b"), *c = bide_create_task(waits, "c");
    CHECK_CODE(bide_sleep(0), 0);
    bide_task_cancel(b);
    CHECK_CODE(bide_sleep(0), 0);
    bide_event_set(&event);
    CHECK_CODE(bide_await(a, NULL), 0);
    CHECK_CODE(bide_await(b, NULL), BIDE_ECANCELED);
    CHECK_CODE(bide_await(c, NULL), 0);
    CHECK_LOG("a c");
    return 0;
}

TASK_TEST(event_set_and_cancel_in_one_turn_delivers_the_cancellation) {
    event = (bide_event){ 0 };
    BIDE_AUTO bide_task *t = bide_create_task(waits, "t");
    CHECK_CODE(bide_sleep(0), 0);
    bide_event_set(&event);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("");
    return 0;
}

static int owns_an_event(void *slot) {
    bide_event own = BIDE_EVENT_INIT;
    *(bide_event **)slot = &own;
    return bide_event_wait(&own);
}

TASK_TEST(event_on_the_waiters_own_stack_works) {
    bide_event *theirs = NULL;
    BIDE_AUTO bide_task *t = bide_create_task(owns_an_event, &theirs);
    CHECK_CODE(bide_sleep(0), 0);
    bide_event_set(theirs);
    CHECK_CODE(bide_await(t, NULL), 0);
    return 0;
}

TEST_MAIN
