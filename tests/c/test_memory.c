/* test_memory.c -- out of memory at any allocation: a code, nothing half-done, and the program goes on. */
#include "test.h"

static int nothing(void *arg) { return 0; }
static int done(bide_future *f, void *arg) { return 0; }
static int sleeps(void *arg) { return bide_sleep(1); }
static int raises(void *arg) { return bide_raise(BIDE_EKEY, "a message %d", 1); }
static int returns_text(void *arg) { return bide_return_text("text %d", 1); }

/* Run `step` with the first allocation failing, then the second, until none does: it answers ENOMEM or goes through. */
static void check_every_failure(int (*step)(void)) {
    for (long n = 1; n < 100; n++) {
        alloc_fail_at(n);
        const int rc = step();
        const bool failed = alloc_failed();
        alloc_fail_at(0);
        if (!failed) {
            CHECK_CODE(rc, 0);
            return;
        }
        CHECK(rc == 0 || rc == BIDE_ENOMEM);
    }
    CHECK(!"still failing");
}

/* The outcome of a new future: the code of its creation, or its own. */
static int settle(bide_future *f) {
    if (!f) return bide_last_error();
    return bide_join(f, NULL);
}

static int create(void) { return settle(bide_create_task(nothing, NULL)); }
static int create_copy(void) { return settle(bide_create_task_copy(nothing, "abcdefgh", 8)); }
static int create_named(void) { return settle(bide_create_task_with(&(bide_task_options){ .name = "name", .stack_size = 1000 }, sleeps, NULL)); }
static int sleep_once(void) { return bide_sleep(1); }
static int shield(void) { return settle(bide_shield_call(sleeps, NULL)); }
static int call_and_return(void) { return settle(bide_create_task(returns_text, NULL)); }

TASK_TEST(memory_out_while_creating_tasks) {
    check_every_failure(create);
    check_every_failure(create_copy);
    check_every_failure(create_named);
    check_every_failure(sleep_once);
    check_every_failure(shield);
    check_every_failure(call_and_return);
    return 0;
}

static int future(void) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    if (!f) return bide_last_error();
    int rc = bide_future_add_done_callback(f, done, NULL);
    if (rc == 0) rc = bide_future_set_result(f, bide_bytes("abc", 3));
    return rc == 0 ? bide_sleep(0) : rc;
}

static int gather(void) { return bide_gather_join(BIDE_FUTURES(bide_create_task(sleeps, NULL), bide_create_task(nothing, NULL)), false, NULL); }

static int wait_for_call(void) { return bide_wait_for_call(sleeps, NULL, 5, NULL); }

static int wait_some(void) {
    BIDE_AUTO bide_task *a = bide_create_task(sleeps, NULL);
    if (!a) return bide_last_error();
    int rc = bide_wait(BIDE_FUTURES(a), 3, BIDE_FIRST_COMPLETED, NULL);
    if (rc != 0) bide_ignore(bide_await(a, NULL));
    return rc;
}

static int timers(void) {
    bide_handle *h = bide_loop_call_later(NULL, 1, nothing, NULL);
    if (!h) return bide_last_error();
    bide_handle_cancel(h);
    return bide_sleep(0);
}

static int soon(void) {
    int rc = bide_loop_call_soon(NULL, nothing, NULL) ? 0 : bide_last_error();
    if (rc == 0) rc = bide_loop_call_soon_threadsafe(NULL, nothing, NULL);
    return rc == 0 ? bide_sleep(0) : rc;
}

static int name(void) {
    const char *before = bide_task_get_name(bide_current_task());
    return before ? bide_task_set_name(bide_current_task(), "new name") : BIDE_ENOMEM;
}

TASK_TEST(memory_out_in_everything_else) {
    check_every_failure(future);
    check_every_failure(gather);
    check_every_failure(wait_for_call);
    check_every_failure(wait_some);
    check_every_failure(timers);
    check_every_failure(soon);
    check_every_failure(name);
    return 0;
}

static int message(void) {
    const int rc = bide_join(bide_create_task(raises, NULL), NULL);
    if (rc == BIDE_EKEY && (strcmp(bide_last_message(), "a message 1") == 0 || strcmp(bide_last_message(), "") == 0)) return 0;
    return rc;
}

TASK_TEST(memory_out_costs_an_error_its_message_not_its_code) {
    check_every_failure(message);
    return 0;
}

static int runs(void) { return bide_run(sleeps, NULL, NULL); }

/* A task that failed for want of memory and was never awaited. */
static int ignores(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

static int leaves_tasks(void *arg) {
    bide_loop_set_exception_handler(NULL, ignores, NULL);
    bide_release(bide_create_task(sleeps, NULL));
    bide_release(bide_create_task(sleeps, NULL));
    return bide_sleep(0);
}
static int runs_with_leftovers(void) { return bide_run(leaves_tasks, NULL, NULL); }

TEST(memory_out_in_run) {
    check_every_failure(runs);
    check_every_failure(runs_with_leftovers);
}

/* What a failed wait leaves behind must not disturb the next. */
static void check_next_waits(void) {
    bide_task *t = bide_create_task(test_sleeper, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_CODE(bide_join(t, NULL), 0);
}

TASK_TEST(memory_fails_a_sleep_and_the_next_ones_return) {
    alloc_fail_at(1);
    CHECK_CODE(bide_sleep(1), BIDE_ENOMEM);
    alloc_fail_at(0);
    check_next_waits();
    return 0;
}

TASK_TEST(memory_fails_a_wait_and_the_next_ones_return) {
    bide_task *t = bide_create_task(test_sleeper, NULL);
    for (long n = 1; n <= 2; n++) {                     /* the wait itself, its timer */
        alloc_fail_at(n);
        CHECK_CODE(bide_wait(&t, 1, 1, BIDE_ALL_COMPLETED, NULL), BIDE_ENOMEM);
        alloc_fail_at(0);
        CHECK_CODE(bide_sleep(0), 0);
    }
    check_next_waits();
    CHECK_CODE(bide_join(t, NULL), 0);
    return 0;
}

TASK_TEST(memory_fails_a_timeout_and_the_next_waits_return) {
    bide_timeout timeout = BIDE_TIMEOUT_INIT;
    alloc_fail_at(1);
    CHECK_CODE(bide_timeout_enter(&timeout, 1), BIDE_ENOMEM);
    alloc_fail_at(0);
    check_next_waits();
    return 0;
}

TEST_MAIN
