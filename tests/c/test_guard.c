/* test_guard.c -- BIDE_GUARD: the exit runs once, at the end of the scope, and C's statements mean what they mean. */
#include "test.h"

/* An object that writes down its enter and exit. */
struct door {
    const char *name;
    int enter_fails;                   /* a code */
    bool enter_sleeps, exit_sleeps;
};

static int door_open(void *arg) {
    const struct door *d = arg;
    if (d->enter_sleeps) BIDE_TRY(bide_sleep(1));
    if (d->enter_fails) return bide_raise(d->enter_fails, "%s is locked", d->name);
    LOG(d->name);
    return 0;
}

static void door_shut(void *arg) {
    const struct door *d = arg;
    char line[64];
    const int rc = d->exit_sleeps ? bide_sleep(1) : 0;
    snprintf(line, sizeof line, "/%s%s%s", d->name, rc ? ":" : "", bide_error_name(rc));
    LOG(line);
}

#define OPEN(name_) BIDE_GUARD(door_open, door_shut, &((struct door){ .name = name_ }))

static int raise_key(void) { return bide_raise(BIDE_EKEY, "k%d", 7); }

/* ------------------------------------------------------------------ ways out of a scope */

static int leave_by_end(void) {
    {
        OPEN("a");
        LOG("body");
    }
    LOG("behind");
    return 0;
}

TASK_TEST(guard_ends_with_its_scope) {
    CHECK_CODE(leave_by_end(), 0);
    CHECK_LOG("a body /a behind");
    return 0;
}

static int leave_round(int how) {
    int rounds = 0;
    for (int i = 0; i < 3; i++) {
        OPEN("a");
        if (i == 1 && how == 1) break;
        if (i == 1 && how == 2) continue;
        if (i == 1 && how == 3) return rounds;
        if (i == 1 && how == 4) goto out;
        rounds++;
    }
    LOG("behind");
out:
    return rounds;
}

TASK_TEST(guard_in_a_loop_lets_break_leave_the_loop) {
    CHECK_INT(leave_round(0), 3);
    CHECK_LOG("a /a a /a a /a behind");
    CHECK_INT(leave_round(1), 1);
    CHECK_LOG("a /a a /a behind");
    return 0;
}

TASK_TEST(guard_in_a_loop_lets_continue_begin_the_next_round) {
    CHECK_INT(leave_round(2), 2);
    CHECK_LOG("a /a a /a a /a behind");
    return 0;
}

TASK_TEST(guard_ends_at_return_and_goto) {
    CHECK_INT(leave_round(3), 1);
    CHECK_LOG("a /a a /a");
    CHECK_INT(leave_round(4), 1);
    CHECK_LOG("a /a a /a");
    return 0;
}

static int leave_switch(int n) {
    switch (n) {
    case 1: {
        OPEN("one");
        break;
    }
    default: {
        OPEN("other");
        return 2;
    }
    }
    return 1;
}

TASK_TEST(guard_in_a_switch_lets_break_leave_the_switch) {
    CHECK_INT(leave_switch(1), 1);
    CHECK_INT(leave_switch(2), 2);
    CHECK_LOG("one /one other /other");
    return 0;
}

static int leave_by_error(void *arg) {
    OPEN("a");
    BIDE_TRY(raise_key());
    LOG("never");
    return 0;
}

TASK_TEST(guard_is_left_by_an_error_which_stays_as_it_is) {
    CHECK_CODE(leave_by_error(NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "k7");
    CHECK_CODE(bide_join(bide_create_task(leave_by_error, NULL), NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "k7");
    CHECK_LOG("a /a a /a");
    return 0;
}

static int result_behind_an_exit_that_waits(void *arg) {
    BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .enter_sleeps = true, .exit_sleeps = true }));
    if (arg) return raise_key();
    return bide_return_i64(7);
}

TASK_TEST(guard_that_waits_keeps_what_is_returned) {
    bide_value v;
    CHECK_CODE(bide_call(result_behind_an_exit_that_waits, NULL, &v), 0);
    CHECK_INT(v.i64, 7);
    CHECK_CODE(bide_call(result_behind_an_exit_that_waits, "", &v), BIDE_EKEY);
    CHECK_TEXT(bide_message_of(BIDE_EKEY), "k7");
    CHECK_CODE(bide_join(bide_create_task(result_behind_an_exit_that_waits, ""), NULL), BIDE_EKEY);
    CHECK_LOG("a /a a /a a /a");
    CHECK(bide_loop_time(NULL) == 6);
    return 0;
}

TEST(guard_outside_of_a_task_works) {
    CHECK_CODE(leave_by_end(), 0);
    CHECK_LOG("a body /a behind");
}

/* ------------------------------------------------------------------ enter */

static int enter_fails(struct door *d) {
    OPEN("before");
    BIDE_GUARD(door_open, door_shut, d);
    LOG("never");
    return 0;
}

TASK_TEST(guard_whose_enter_fails_leaves_the_function_and_is_not_left) {
    CHECK_CODE(enter_fails(&(struct door){ .name = "b", .enter_fails = BIDE_EVALUE }), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "b is locked");
    CHECK_LOG("before /before");
    return 0;
}

static int enter_fails_in_a_loop(void *arg) {
    for (;;) {
        BIDE_GUARD(door_open, door_shut, arg);
        return 0;
    }
}

TASK_TEST(guard_that_is_cancelled_while_it_enters_is_not_left) {
    BIDE_AUTO bide_task *t = bide_create_task(enter_fails_in_a_loop, &(struct door){ .name = "a", .enter_sleeps = true });
    CHECK_CODE(bide_sleep(0), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("");
    return 0;
}

static int evaluated_once(struct door *doors) {
    const struct door *next = doors;
    BIDE_GUARD(door_open, door_shut, (void *)next++);
    CHECK(next == doors + 1);
    return 0;
}

TASK_TEST(guard_evaluates_its_object_once) {
    CHECK_CODE(evaluated_once((struct door[]){ { .name = "a" }, { .name = "b" } }), 0);
    CHECK_LOG("a /a");
    return 0;
}

/* ------------------------------------------------------------------ several */

static int three(int how) {
    OPEN("a");
    OPEN("b"); OPEN("c");
    if (how == 1) BIDE_TRY(raise_key());
    if (how == 2) {
        OPEN("d");
        return 0;
    }
    LOG("body");
    return 0;
}

TASK_TEST(guards_of_one_scope_end_in_reverse_order) {
    CHECK_CODE(three(0), 0);
    CHECK_LOG("a b c body /c /b /a");
    CHECK_CODE(three(1), BIDE_EKEY);
    CHECK_LOG("a b c /c /b /a");
    CHECK_CODE(three(2), 0);
    CHECK_LOG("a b c d /d /c /b /a");
    return 0;
}

/* ------------------------------------------------------------------ guards and blocks */

static int block_enter(void *name) {
    LOG(name);
    return 0;
}

static int block_exit(void *name, int code) {
    char line[64];
    snprintf(line, sizeof line, "/%s%s%s", (const char *)name, code ? ":" : "", bide_error_name(code));
    LOG(line);
    return code;
}

#define BLOCK(name) BIDE_WITH(block_enter, block_exit, name)

static int mixed(int how) {
    for (int i = 0; i < 2; i++) {
        OPEN("g");
        BLOCK("B") {
            OPEN("h");
            BLOCK("C") {
                OPEN("i"); OPEN("j");
                if (how == 1) BIDE_TRY(raise_key());
                if (how == 2) return 0;
                if (how == 3) BIDE_RETURN(0);
                if (how == 4) goto out;
                if (how == 5) {
                    BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "k", .enter_fails = BIDE_EVALUE }));
                }
            }
            if (how == 6) {
                OPEN("l");
                BIDE_TRY(raise_key());
            }
        }
        LOG("round");
        if (how == 7) break;
    }
out:
    return 0;
}

TASK_TEST(guards_in_blocks_end_before_them) {
    CHECK_CODE(mixed(1), BIDE_EKEY);
    CHECK_LOG("g B h C i j /j /i /C:KeyError /h /B:KeyError /g");
    CHECK_CODE(mixed(2), 0);
    CHECK_LOG("g B h C i j /j /i /C /h /B /g");
    CHECK_CODE(mixed(3), 0);
    CHECK_LOG("g B h C i j /j /i /C /h /B /g");
    CHECK_CODE(mixed(4), 0);
    CHECK_LOG("g B h C i j /j /i /C /h /B /g");
    CHECK_CODE(mixed(5), BIDE_EVALUE);
    CHECK_LOG("g B h C i j /j /i /C:ValueError /h /B:ValueError /g");
    CHECK_CODE(mixed(6), BIDE_EKEY);
    CHECK_LOG("g B h C i j /j /i /C l /l /h /B:KeyError /g");
    CHECK_CODE(mixed(7), 0);
    CHECK_LOG("g B h C i j /j /i /C /h /B round /g");
    return 0;
}

static int limited(double needed) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 1) {
        BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
        BIDE_TRY(bide_sleep(needed));
    }
    return 0;
}

TASK_TEST(guard_in_a_timeout_ends_before_it) {
    CHECK_CODE(limited(2), BIDE_ETIMEDOUT);
    CHECK_LOG("a /a");
    CHECK(bide_loop_time(NULL) == 2);
    CHECK_INT(bide_task_cancelling(bide_current_task()), 0);
    return 0;
}

/* ------------------------------------------------------------------ cancellation in an exit */

static int cancelled_in_exit(void *arg) {
    {
        BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
    }
    LOG("behind");
    return arg ? bide_sleep(1) : 0;
}

TASK_TEST(guard_that_is_cancelled_in_its_exit_hands_the_request_to_what_comes_then) {
    for (int waits = 0; waits < 2; waits++) {
        BIDE_AUTO bide_task *t = bide_create_task(cancelled_in_exit, waits ? "" : NULL);
        CHECK_CODE(bide_sleep(0.5), 0);
        bide_task_cancel(t);
        CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
        CHECK(bide_future_cancelled(t));
        CHECK_LOG("a /a:CancelledError behind");
    }
    return 0;
}

static int fails_behind_its_exit(void *arg) {
    BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
    return bide_raise(BIDE_EVALUE, "v");
}

static int calls(void *fn) {
    const int rc = bide_call((bide_fn *)fn, NULL, NULL);
    LOG(bide_error_name(rc));
    return rc == BIDE_ECANCELED ? 0 : bide_sleep(1);
}

/* As an error in __aexit__ takes the place of the one that led there. */
TASK_TEST(guard_that_is_cancelled_in_its_exit_fails_the_function_whatever_it_returns) {
    BIDE_AUTO bide_task *t = bide_create_task(fails_behind_its_exit, NULL);
    BIDE_AUTO bide_task *called = bide_create_task(calls, (void *)fails_behind_its_exit);
    BIDE_AUTO bide_task *ended = bide_create_task(calls, (void *)cancelled_in_exit);
    CHECK_CODE(bide_sleep(0.5), 0);
    bide_task_cancel(t), bide_task_cancel(called), bide_task_cancel(ended);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(t));
    CHECK_CODE(bide_await(called, NULL), 0);
    CHECK_CODE(bide_await(ended, NULL), 0);
    CHECK_LOG("a a a /a:CancelledError /a:CancelledError CancelledError /a:CancelledError behind CancelledError");
    return 0;
}

static int yields_behind_its_exit(void *arg) {
    BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
    return 0;
}

static int ends_generator(void *arg) {
    bide_generator *g = bide_async_generator_new(yields_behind_its_exit, NULL);
    const int rc = bide_generator_next(g, NULL);
    bide_generator_release(g);
    LOG(bide_error_name(rc));
    return 0;
}

TASK_TEST(guard_that_is_cancelled_in_its_exit_fails_the_generator) {
    BIDE_AUTO bide_task *t = bide_create_task(ends_generator, NULL);
    CHECK_CODE(bide_sleep(0.5), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("a /a:CancelledError CancelledError");
    return 0;
}

/* The deadline strikes in the guard's exit: after 1 s, in the middle of it. */
static int late_exit(void *how) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 1) {
        BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
        BIDE_TRY(bide_sleep(0.5));
        if (strcmp(how, "return") == 0) return 0;
        if (strcmp(how, "fail") == 0) BIDE_TRY(raise_key());
        if (strcmp(how, "leave") == 0) BIDE_RETURN(0);
    }
    LOG("behind");
    return 0;
}

static int guarded_sleep(void *arg) {
    BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
    return bide_sleep(0.5);
}

static int late_by_hand(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&t, 1));
    return bide_timeout_exit(&t, guarded_sleep(NULL));
}

TASK_TEST(guard_in_a_timeout_that_strikes_in_its_exit_ends_with_the_timeout) {
    const char *const how[] = { "end", "return", "fail", "leave" };
    for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
        CHECK_CODE(bide_call(late_exit, (void *)how[i], NULL), BIDE_ETIMEDOUT);
        CHECK_LOG("a /a:CancelledError");
    }
    CHECK_CODE(bide_call(late_by_hand, NULL, NULL), BIDE_ETIMEDOUT);
    CHECK_CODE(bide_wait_for_call(guarded_sleep, NULL, 1, NULL), BIDE_ETIMEDOUT);
    CHECK_CODE(bide_wait_for_join(bide_create_task(guarded_sleep, NULL), 1, NULL), BIDE_ETIMEDOUT);
    CHECK_LOG("a /a:CancelledError a /a:CancelledError a /a:CancelledError");
    CHECK_INT(bide_task_cancelling(bide_current_task()), 0);
    CHECK_CODE(bide_sleep(1), 0);
    return 0;
}

static int child_fails(void *arg) { return bide_sleep(0.5) == 0 ? raise_key() : 0; }

static int group_of_late_exit(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
        BIDE_TRY(bide_task_group_create_task(&g, child_fails, NULL) ? 0 : BIDE_ENOMEM);
        BIDE_TRY(bide_sleep(0));
    }
    LOG("behind");
    return 0;
}

TASK_TEST(guard_in_a_group_that_fails_in_its_exit_ends_with_the_group) {
    CHECK_CODE(bide_call(group_of_late_exit, NULL, NULL), BIDE_EGROUP);
    CHECK_LOG("a /a:CancelledError");
    CHECK_INT(bide_task_cancelling(bide_current_task()), 0);
    return 0;
}

static int cancelled_twice(void *arg) {
    BIDE_GUARD(door_open, door_shut, &((struct door){ .name = "a", .exit_sleeps = true }));
    return bide_sleep(9);
}

TASK_TEST(guard_of_a_cancelled_task_waits_in_its_exit) {
    BIDE_AUTO bide_task *t = bide_create_task(cancelled_twice, NULL);
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("a /a");
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

/* ------------------------------------------------------------------ the library's own */

static int hold(bide_lock *lock, int how) {
    BIDE_GUARD_LOCK(lock);
    CHECK(bide_lock_locked(lock));
    if (how == 1) BIDE_TRY(raise_key());
    if (how == 2) return bide_lock_release(lock);
    return 0;
}

static int hold_lock(void *lock) { return hold(lock, 0); }
static int give_lock_up(void *lock) { return hold(lock, 2); }

TASK_TEST(guard_of_a_lock_releases_it) {
    bide_lock lock = BIDE_LOCK_INIT;
    CHECK_CODE(hold(&lock, 0), 0);
    CHECK_CODE(hold(&lock, 1), BIDE_EKEY);
    CHECK(!bide_lock_locked(&lock));
    return 0;
}

TASK_TEST(guard_of_a_lock_that_somebody_else_has_released_fails_the_function) {
    bide_lock lock = BIDE_LOCK_INIT;
    CHECK_CODE(bide_call(give_lock_up, &lock, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Lock is not acquired.");
    CHECK_CODE(bide_join(bide_create_task(give_lock_up, &lock), NULL), BIDE_ERUNTIME);
    return 0;
}

TASK_TEST(guard_of_a_lock_is_cancelled_while_it_waits) {
    bide_lock lock = BIDE_LOCK_INIT;
    CHECK_CODE(bide_lock_acquire(&lock), 0);
    bide_task *t = bide_create_task(hold_lock, &lock);
    CHECK_CODE(bide_sleep(0), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    CHECK(bide_lock_locked(&lock));
    return bide_lock_release(&lock);
}

TEST(guard_of_a_lock_outside_of_a_task_is_refused) {
    bide_lock lock = BIDE_LOCK_INIT;
    CHECK_CODE(hold(&lock, 0), BIDE_ERUNTIME);
    CHECK(!bide_lock_locked(&lock));
}

static int hold_others(bide_condition *condition, bide_semaphore *semaphore) {
    BIDE_GUARD_CONDITION(condition);
    BIDE_GUARD_SEMAPHORE(semaphore);
    CHECK(bide_condition_locked(condition) && bide_semaphore_locked(semaphore));
    BIDE_TRY(raise_key());
    return 0;
}

TASK_TEST(guards_of_a_condition_and_a_semaphore_release_them) {
    bide_condition condition = BIDE_CONDITION_INIT;
    bide_semaphore semaphore;
    CHECK_CODE(bide_semaphore_init(&semaphore, 1), 0);
    CHECK_CODE(hold_others(&condition, &semaphore), BIDE_EKEY);
    CHECK(!bide_condition_locked(&condition) && !bide_semaphore_locked(&semaphore));
    return 0;
}

/* Rounds of user-02: the lock is free again after each way out of a round. */
static int count_rounds(bool breaks) {
    bide_lock lock = BIDE_LOCK_INIT;
    int rounds = 0;
    for (int i = 0; i < 5; i++) {
        BIDE_GUARD_LOCK(&lock);
        if (i == 2) {
            if (breaks) break;
            continue;
        }
        rounds += breaks ? 1 : 11;
    }
    CHECK(!bide_lock_locked(&lock));
    return rounds;
}

TASK_TEST(guard_of_a_lock_in_a_loop_counts_as_in_python) {
    CHECK_INT(count_rounds(true), 2);
    CHECK_INT(count_rounds(false), 44);
    return 0;
}

TEST_MAIN
