/* test_block.c -- BIDE_WITH: the exit runs once, however the block is left. */
#include "test.h"

/* A block that writes down its enter and exit. */
struct noted {
    const char *name;
    int enter_fails, exit_fails;       /* codes */
    bool swallows, sleeps;
};

static int noted_enter(void *arg) {
    struct noted *n = arg;
    if (n->sleeps) BIDE_TRY(bide_sleep(1));
    if (n->enter_fails) return bide_raise(n->enter_fails, "enter %s", n->name);
    LOG(n->name);
    return 0;
}

static int noted_exit(void *arg, int code) {
    struct noted *n = arg;
    char line[64];
    snprintf(line, sizeof line, "/%s%s%s", n->name, code ? ":" : "", bide_error_name(code));
    LOG(line);
    if (n->sleeps) BIDE_TRY(bide_sleep(1));
    if (n->exit_fails) return bide_raise(n->exit_fails, "exit %s", n->name);
    return n->swallows ? 0 : code;
}

#define WITH(pointer) BIDE_WITH(noted_enter, noted_exit, pointer)

static int raise_key(void) { return bide_raise(BIDE_EKEY, "k%d", 7); }

/* ------------------------------------------------------------------ ways out of a block */

static int leave_by_end(struct noted *a) {
    WITH(a) {
        LOG("body");
    }
    LOG("behind");
    return 0;
}

static int leave_by_break(struct noted *a) {
    WITH(a) {
        LOG("body");
        if (a) break;
        LOG("never");
    }
    LOG("behind");
    return 0;
}

static int leave_by_continue(struct noted *a) {
    WITH(a) {
        LOG("body");
        if (a) continue;
        LOG("never");
    }
    LOG("behind");
    return 0;
}

static int leave_by_return(struct noted *a) {
    WITH(a) {
        return bide_return_i64(7);
    }
    LOG("never");
    return 0;
}

static int leave_by_goto(struct noted *a) {
    WITH(a) {
        LOG("body");
        if (a) goto out;
        LOG("never");
    }
    LOG("never");
out:
    LOG("out");
    return 0;
}

static int leave_by_error(struct noted *a) {
    WITH(a) {
        BIDE_TRY(raise_key());
        LOG("never");
    }
    LOG("never");
    return 0;
}

static int leave_by_cancellation(struct noted *a) {
    WITH(a) {
        bide_task_cancel(bide_current_task());
        BIDE_TRY(bide_sleep(1));
        LOG("never");
    }
    LOG("never");
    return 0;
}

static int without_braces(struct noted *a) {
    WITH(a) LOG("body");
    return 0;
}

TASK_TEST(block_left_by_its_end_runs_its_exit) {
    struct noted a = { .name = "a" };
    CHECK_CODE(leave_by_end(&a), 0);
    CHECK_LOG("a body /a behind");
    CHECK_CODE(without_braces(&a), 0);
    CHECK_LOG("a body /a");
    return 0;
}

TASK_TEST(block_left_by_break_goes_on_behind_it) {
    CHECK_CODE(leave_by_break(&(struct noted){ .name = "a" }), 0);
    CHECK_LOG("a body /a behind");
    return 0;
}

TASK_TEST(block_left_by_continue_goes_on_behind_it) {
    CHECK_CODE(leave_by_continue(&(struct noted){ .name = "a" }), 0);
    CHECK_LOG("a body /a behind");
    return 0;
}

static int returning(void *a) { return leave_by_return(a); }

TASK_TEST(block_left_by_return_runs_its_exit_and_keeps_the_result) {
    bide_value v;
    CHECK_CODE(bide_call(returning, &(struct noted){ .name = "a" }, &v), 0);
    CHECK_INT(v.i64, 7);
    CHECK_LOG("a /a");
    return 0;
}

TASK_TEST(block_left_by_goto_runs_its_exit) {
    CHECK_CODE(leave_by_goto(&(struct noted){ .name = "a" }), 0);
    CHECK_LOG("a body /a out");
    return 0;
}

TASK_TEST(block_left_by_an_error_tells_its_exit) {
    CHECK_CODE(leave_by_error(&(struct noted){ .name = "a" }), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "k7");
    CHECK_LOG("a /a:KeyError");
    return 0;
}

TASK_TEST(block_left_by_cancellation_tells_its_exit) {
    CHECK_CODE(leave_by_cancellation(&(struct noted){ .name = "a" }), BIDE_ECANCELED);
    CHECK_LOG("a /a:CancelledError");
    CHECK_INT(bide_task_uncancel(bide_current_task()), 0);
    return 0;
}

TEST(block_outside_of_a_task_works) {
    CHECK_CODE(leave_by_end(&(struct noted){ .name = "a" }), 0);
    CHECK_CODE(leave_by_error(&(struct noted){ .name = "b" }), BIDE_EKEY);
    CHECK_LOG("a body /a behind b /b:KeyError");
}

/* ------------------------------------------------------------------ enter */

TASK_TEST(block_whose_enter_fails_is_not_begun) {
    CHECK_CODE(leave_by_end(&(struct noted){ .name = "a", .enter_fails = BIDE_EVALUE }), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "enter a");
    CHECK_LOG("");
    return 0;
}

static int foreign_enter(void *arg) { return 3; }

static int enter_foreign(void) {
    BIDE_WITH(foreign_enter, noted_exit, NULL) LOG("never");
    return 0;
}

TASK_TEST(block_whose_enter_answers_no_code_is_a_value_error) {
    CHECK_CODE(enter_foreign(), BIDE_EVALUE);
    CHECK_LOG("");
    return 0;
}

static int enter_inside(struct noted *a, struct noted *b) {
    WITH(a) {
        WITH(b) LOG("never");
        LOG("never");
    }
    return 0;
}

TASK_TEST(block_whose_enter_fails_leaves_the_block_around_it) {
    CHECK_CODE(enter_inside(&(struct noted){ .name = "a" }, &(struct noted){ .name = "b", .enter_fails = BIDE_EVALUE }), BIDE_EVALUE);
    CHECK_LOG("a /a:ValueError");
    return 0;
}

static int object_is_evaluated_once(struct noted *all) {
    struct noted *next = all;
    WITH(next++) CHECK(next == all + 1);
    CHECK(next == all + 1);
    return 0;
}

TASK_TEST(block_evaluates_its_object_once) {
    CHECK_CODE(object_is_evaluated_once((struct noted[]){ { .name = "a" }, { .name = "b" } }), 0);
    CHECK_LOG("a /a");
    return 0;
}

/* ------------------------------------------------------------------ exit */

TASK_TEST(block_exit_may_swallow_the_error) {
    CHECK_CODE(leave_by_error(&(struct noted){ .name = "a", .swallows = true }), 0);
    CHECK_LOG("a /a:KeyError");
    return 0;
}

TASK_TEST(block_exit_may_replace_the_error) {
    CHECK_CODE(leave_by_error(&(struct noted){ .name = "a", .exit_fails = BIDE_EOS }), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "exit a");
    CHECK_LOG("a /a:KeyError");
    return 0;
}

TASK_TEST(block_exit_may_fail_at_the_end) {
    CHECK_CODE(leave_by_end(&(struct noted){ .name = "a", .exit_fails = BIDE_EOS }), BIDE_EOS);
    CHECK_LOG("a body /a");
    CHECK_CODE(leave_by_break(&(struct noted){ .name = "a", .exit_fails = BIDE_EOS }), BIDE_EOS);
    CHECK_LOG("a body /a");
    CHECK_CODE(leave_by_continue(&(struct noted){ .name = "a", .exit_fails = BIDE_EOS }), BIDE_EOS);
    CHECK_LOG("a body /a");
    return 0;
}

TASK_TEST(block_exit_may_suspend_on_each_way_out) {
    struct noted a = { .name = "a", .sleeps = true };
    const double start = bide_loop_time(NULL);
    bide_value v;
    CHECK_CODE(leave_by_end(&a), 0);
    CHECK_CODE(leave_by_break(&a), 0);
    CHECK_CODE(leave_by_goto(&a), 0);
    CHECK_CODE(leave_by_error(&a), BIDE_EKEY);
    CHECK_CODE(bide_call(returning, &a, &v), 0);
    CHECK_INT(v.i64, 7);
    CHECK_CODE(leave_by_cancellation(&a), BIDE_ECANCELED);
    bide_task_uncancel(bide_current_task());
    CHECK(bide_loop_time(NULL) - start == 12);
    CHECK_LOG("a body /a behind a body /a behind a body /a out a /a:KeyError a /a a /a:CancelledError");
    return 0;
}

static int foreign_exit(void *arg, int code) { return 3; }
static int nothing_to_enter(void *arg) { return 0; }

static int exit_foreign(void *arg) {
    BIDE_WITH(nothing_to_enter, foreign_exit, arg) LOG("body");
    return 0;
}

static int exit_foreign_by_return(void *arg) {
    BIDE_WITH(nothing_to_enter, foreign_exit, arg) return 0;
    return 0;
}

TASK_TEST(block_exit_that_answers_no_code_is_a_value_error) {
    CHECK_CODE(exit_foreign(NULL), BIDE_EVALUE);
    CHECK_CODE(bide_call(exit_foreign_by_return, NULL, NULL), BIDE_EVALUE);
    CHECK_LOG("body");
    return 0;
}

static int cancelled_in_exit(void *a) { return leave_by_end(a); }

TASK_TEST(block_exit_is_cancelled_while_it_suspends) {
    struct noted a = { .name = "a", .sleeps = true };
    BIDE_AUTO bide_task *t = bide_create_task(cancelled_in_exit, &a);
    CHECK_CODE(bide_sleep(1.5), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(t));
    CHECK_LOG("a body /a");
    return 0;
}

/* ------------------------------------------------------------------ an exit that fails because of return */

static int return_with_failing_exit(void *arg) {
    WITH(&((struct noted){ .name = "a", .exit_fails = BIDE_EOS })) return bide_return_i64(7);
    return 0;
}

TASK_TEST(block_exit_fails_at_return_and_so_does_the_task) {
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(return_with_failing_exit, NULL), &v), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "exit a");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_LOG("a /a");
    return 0;
}

TASK_TEST(block_exit_fails_at_return_and_so_does_the_call) {
    bide_value v;
    CHECK_CODE(bide_call(return_with_failing_exit, NULL, &v), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "exit a");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_LOG("a /a");
    return 0;
}

static int goes_on_after_it(void *arg) {
    bide_ignore(return_with_failing_exit(NULL));
    LOG("on");
    return bide_return_i64(8);
}

TASK_TEST(block_exit_that_failed_at_return_keeps_a_later_result_out) {
    CHECK_CODE(bide_call(goes_on_after_it, NULL, NULL), BIDE_EOS);
    CHECK_LOG("a /a on");
    return 0;
}

static int returns_an_error_too(void *arg) {
    WITH(&((struct noted){ .name = "a", .exit_fails = BIDE_EOS })) return raise_key();
    return 0;
}

TASK_TEST(block_returned_code_is_what_the_function_fails_with) {
    CHECK_CODE(bide_call(returns_an_error_too, NULL, NULL), BIDE_EKEY);
    CHECK_CODE(bide_join(bide_create_task(returns_an_error_too, NULL), NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "k7");
    CHECK_LOG("a /a a /a");
    return 0;
}

static int cancels_in_exit(void *arg) {
    WITH(&((struct noted){ .name = "a", .exit_fails = BIDE_ECANCELED })) return bide_return_i64(1);
    return 0;
}

TASK_TEST(block_exit_is_cancelled_at_return_and_so_is_the_task) {
    BIDE_AUTO bide_task *t = bide_create_task(cancels_in_exit, NULL);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(t));
    CHECK_LOG("a /a");
    return 0;
}

static int note_context(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    LOG(context->error);
    return 0;
}

TASK_TEST(block_exit_fails_at_return_in_a_callback_and_the_handler_is_told) {
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    bide_loop_call_soon(NULL, return_with_failing_exit, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("a /a Error in the exit of a block that was left by return exit a");
    return 0;
}

TEST(block_exit_fails_at_return_in_main_and_the_handler_is_told) {
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    bide_loop_set_exception_handler(loop, note_context, NULL);
    CHECK_CODE(return_with_failing_exit(NULL), 0);
    CHECK_LOG("a /a Error in the exit of a block that was left by return exit a");
    bide_set_event_loop(NULL);
    bide_loop_release(loop);
}

/* ------------------------------------------------------------------ several blocks */

static int nest(struct noted *a, struct noted *b, int how) {
    WITH(a) {
        WITH(b) {
            if (how == 1) BIDE_TRY(raise_key());
            if (how == 2) return 0;
            if (how == 3) break;
            if (how == 4) goto between;
            LOG("inner");
        }
    between:
        LOG("outer");
    }
    LOG("behind");
    return 0;
}

TASK_TEST(block_in_a_block_ends_first) {
    struct noted a = { .name = "a" }, b = { .name = "b" };
    CHECK_CODE(nest(&a, &b, 0), 0);
    CHECK_LOG("a b inner /b outer /a behind");
    CHECK_CODE(nest(&a, &b, 1), BIDE_EKEY);
    CHECK_LOG("a b /b:KeyError /a:KeyError");
    CHECK_CODE(nest(&a, &b, 2), 0);
    CHECK_LOG("a b /b /a");
    CHECK_CODE(nest(&a, &b, 3), 0);
    CHECK_LOG("a b /b outer /a behind");
    CHECK_CODE(nest(&a, &b, 4), 0);
    CHECK_LOG("a b /b outer /a behind");
    return 0;
}

TASK_TEST(block_around_is_told_what_the_inner_exit_answers) {
    struct noted a = { .name = "a" }, b = { .name = "b", .swallows = true };
    CHECK_CODE(nest(&a, &b, 1), 0);
    CHECK_LOG("a b /b:KeyError /a");
    b = (struct noted){ .name = "b", .exit_fails = BIDE_EOS };
    CHECK_CODE(nest(&a, &b, 1), BIDE_EOS);
    CHECK_LOG("a b /b:KeyError /a:OSError");
    CHECK_CODE(nest(&a, &b, 0), BIDE_EOS);
    CHECK_LOG("a b inner /b /a:OSError");
    return 0;
}

static int one_after_another(struct noted *a, struct noted *b) {
    WITH(a) LOG("1");
    WITH(b) {
        LOG("2");
        BIDE_TRY(raise_key());
    }
    return 0;
}

TASK_TEST(block_behind_a_block_knows_nothing_of_it) {
    CHECK_CODE(one_after_another(&(struct noted){ .name = "a" }, &(struct noted){ .name = "b" }), BIDE_EKEY);
    CHECK_LOG("a 1 /a b 2 /b:KeyError");
    return 0;
}

static int in_a_loop(struct noted *a, int last) {
    for (int i = 0; i < 3; i++) {
        WITH(a) {
            if (i == last) BIDE_TRY(raise_key());
            if (i == 1) continue;
            LOG("body");
        }
        LOG("next");
    }
    return 0;
}

TASK_TEST(block_in_a_loop_is_entered_each_time) {
    struct noted a = { .name = "a" };
    CHECK_CODE(in_a_loop(&a, 9), 0);
    CHECK_LOG("a body /a next a /a next a body /a next");
    CHECK_CODE(in_a_loop(&a, 1), BIDE_EKEY);
    CHECK_LOG("a body /a next a /a:KeyError");
    return 0;
}

static int loop_in_a_block(struct noted *a, int n) {
    WITH(a) {
        for (int i = 0;; i++) {
            if (i == 2) break;
            BIDE_TRY(i == n ? raise_key() : 0);
            LOG("round");
        }
        switch (n) {
        case 5: BIDE_TRY(raise_key()); break;
        case 6: return 0;
        default: break;
        }
        LOG("body");
    }
    LOG("behind");
    return 0;
}

TASK_TEST(block_with_a_loop_and_a_switch_is_left_from_there) {
    struct noted a = { .name = "a" };
    CHECK_CODE(loop_in_a_block(&a, 9), 0);
    CHECK_LOG("a round round body /a behind");
    CHECK_CODE(loop_in_a_block(&a, 1), BIDE_EKEY);
    CHECK_LOG("a round /a:KeyError");
    CHECK_CODE(loop_in_a_block(&a, 5), BIDE_EKEY);
    CHECK_LOG("a round round /a:KeyError");
    CHECK_CODE(loop_in_a_block(&a, 6), 0);
    CHECK_LOG("a round round /a");
    return 0;
}

static int plain_try(int rc) {
    BIDE_TRY(rc);
    LOG("on");
    return 0;
}

TASK_TEST(try_without_a_block_returns_the_code) {
    CHECK_CODE(plain_try(0), 0);
    CHECK_CODE(plain_try(bide_raise(BIDE_EKEY, "k")), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "k");
    CHECK_LOG("on");
    return 0;
}

static int try_foreign(struct noted *a) {
    WITH(a) BIDE_TRY(5);
    return 0;
}

TASK_TEST(try_of_a_number_that_is_no_code_is_a_value_error) {
    CHECK_CODE(try_foreign(&(struct noted){ .name = "a" }), BIDE_EVALUE);
    CHECK_LOG("a /a:ValueError");
    return 0;
}

/* ------------------------------------------------------------------ the library's own blocks */

static int limited(double seconds, double needed, bool at) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    if (at) BIDE_WITH_TIMEOUT_AT(&t, bide_loop_time(NULL) + seconds) BIDE_TRY(bide_sleep(needed));
    else BIDE_WITH_TIMEOUT(&t, seconds) BIDE_TRY(bide_sleep(needed));
    CHECK(!bide_timeout_expired(&t));
    return 0;
}

TASK_TEST(block_of_a_timeout_turns_its_cancellation_into_a_timeout) {
    CHECK_CODE(limited(1, 2, false), BIDE_ETIMEDOUT);
    CHECK_CODE(limited(2, 1, false), 0);
    CHECK_CODE(limited(1, 2, true), BIDE_ETIMEDOUT);
    CHECK_CODE(limited(2, 1, true), 0);
    CHECK_CODE(limited(NAN, 1, false), BIDE_EVALUE);
    CHECK(bide_loop_time(NULL) == 4);
    CHECK_INT(bide_task_cancelling(bide_current_task()), 0);
    return 0;
}

static int fails(void *arg) { return bide_raise(BIDE_EVALUE, "v"); }

static int grouped(int how) {
    static double one = 1;
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task(&g, test_sleeper, &one);
        if (how == 1) bide_task_group_create_task(&g, fails, NULL);
        if (how == 2) BIDE_TRY(raise_key());
        if (how == 3) return 0;
    }
    return 0;
}

TASK_TEST(block_of_a_group_waits_for_its_tasks) {
    CHECK_CODE(grouped(0), 0);
    CHECK(bide_loop_time(NULL) == 1);
    CHECK_CODE(grouped(3), 0);
    CHECK(bide_loop_time(NULL) == 2);
    CHECK_CODE(grouped(1), BIDE_EGROUP);
    CHECK_CODE(grouped(2), BIDE_EGROUP);
    BIDE_AUTO_VALUE bide_value group = bide_last_error_value(), members = bide_error_members(group);
    CHECK_INT(members.count, 1);
    CHECK_INT(members.items[0].code, BIDE_EKEY);
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

static int returned_from_group(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task_copy(&g, fails, &(int){ 1 }, sizeof(int));
        return bide_return_i64(5);
    }
    return 0;
}

TASK_TEST(block_of_a_group_that_was_left_by_return_fails_the_function) {
    bide_value v;
    CHECK_CODE(bide_call(returned_from_group, NULL, &v), BIDE_EGROUP);
    CHECK_INT(v.kind, BIDE_NONE);
    return 0;
}

/* ------------------------------------------------------------------ return out of timeouts and groups */

/* How to leave. `tasks` are sleepers in the group, of one second each. */
enum { BY_RETURN, BY_GOTO, BY_RETURN_MACRO };
struct leaving { int how, tasks; double limit; bool waits, handles; };

static int leave_timeout(void *arg) {
    const struct leaving *l = arg;
    bide_timeout t = BIDE_TIMEOUT_INIT;
    int rc = 0;
    BIDE_WITH_TIMEOUT(&t, l->limit) {
        rc = bide_sleep(2);
        if (l->handles) return bide_return_i64(bide_timeout_expired(&t));
        if (l->how == BY_RETURN) return rc;
        if (l->how == BY_RETURN_MACRO) BIDE_RETURN(rc);
        goto out;
    }
out:
    return rc;
}

TASK_TEST(return_out_of_a_timeout_is_a_timeout_for_whoever_calls_by_the_library) {
    for (int how = BY_RETURN; how <= BY_RETURN_MACRO; how++) {
        struct leaving l = { .how = how, .limit = 1 };
        CHECK_CODE(bide_call(leave_timeout, &l, NULL), BIDE_ETIMEDOUT);
        CHECK_CODE(bide_last_error(), BIDE_ETIMEDOUT);
        CHECK_CODE(bide_join(bide_create_task(leave_timeout, &l), NULL), BIDE_ETIMEDOUT);
        CHECK_CODE(bide_wait_for_call(leave_timeout, &l, 5, NULL), BIDE_ETIMEDOUT);
        CHECK_CODE(bide_wait_for_join(bide_create_task(leave_timeout, &l), 5, NULL), BIDE_ETIMEDOUT);
        CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(leave_timeout, &l)), false, NULL), BIDE_ETIMEDOUT);
        l.limit = 3;
        CHECK_CODE(bide_call(leave_timeout, &l, NULL), 0);
    }
    CHECK_INT(bide_task_cancelling(bide_current_task()), 0);
    return 0;
}

TASK_TEST(return_out_of_a_timeout_without_an_error_stays_one) {
    bide_value v;
    CHECK_CODE(bide_call(leave_timeout, &(struct leaving){ .limit = 1, .handles = true }, &v), 0);
    CHECK_INT(v.i64, 1);
    return 0;
}

TASK_TEST(return_out_of_a_timeout_that_did_not_strike_is_a_cancellation) {
    BIDE_AUTO bide_task *t = bide_create_task(leave_timeout, &(struct leaving){ .limit = 9 });
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(t));
    return 0;
}

static int yields_in_a_timeout(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 1) {
        int rc = bide_yield(bide_i64(1), NULL);
        if (rc == 0) rc = bide_sleep(2);
        return rc;
    }
    return 0;
}

TASK_TEST(return_out_of_a_timeout_in_a_generator_is_a_timeout_for_whoever_asks) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_in_a_timeout, NULL);
    bide_value v;
    CHECK_CODE(bide_generator_next(g, &v), 0);
    CHECK_CODE(bide_generator_next(g, &v), BIDE_ETIMEDOUT);
    return 0;
}

/* Below a coroutine function nobody can change what a plain function returns. */
static int below(void *arg) {
    const int rc = leave_timeout(arg);
    CHECK_CODE(rc, BIDE_ECANCELED);
    return bide_raise(BIDE_EKEY, "other");
}

static int below_with_the_same(void *arg) { return leave_timeout(arg); }

TASK_TEST(return_out_of_a_timeout_is_raw_in_a_plain_function) {
    CHECK_CODE(bide_call(below, &(struct leaving){ .limit = 1 }, NULL), BIDE_EKEY);
    CHECK_CODE(bide_call(below_with_the_same, &(struct leaving){ .limit = 1 }, NULL), BIDE_ETIMEDOUT);
    CHECK_CODE(leave_timeout(&(struct leaving){ .how = BY_RETURN_MACRO, .limit = 1 }), BIDE_ETIMEDOUT);
    return 0;
}

static int sleeps_longer(void *arg) { return bide_sleep(5); }
static int cancelled_later(void *arg) {
    CHECK_CODE(leave_timeout(&(struct leaving){ .limit = 1 }), BIDE_ECANCELED);
    return bide_sleep(3600);
}

TASK_TEST(return_out_of_a_timeout_leaves_later_cancellations_alone) {
    BIDE_AUTO bide_task *t = bide_create_task(cancelled_later, NULL);
    CHECK_CODE(bide_sleep(2), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    return 0;
}

static int leave_group(void *arg) {
    const struct leaving *l = arg;
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        int rc = 0;
        bide_task_group_create_task(&g, sleeps_longer, NULL);
        if (l->waits) rc = bide_sleep(2);
        else rc = bide_raise(BIDE_EVALUE, "stop all");
        if (l->handles) bide_ignore(rc), rc = 0;
        if (l->how == BY_RETURN) return rc;
        BIDE_RETURN(rc);
    }
    return 0;
}

static void check_group_of(int code, const char *message) {
    BIDE_AUTO_VALUE bide_value group = bide_last_error_value(), members = bide_error_members(group);
    CHECK_INT(members.count, 1);
    CHECK_CODE(members.items[0].code, code);
    CHECK_TEXT(members.items[0].message, message);
}

TASK_TEST(return_of_an_error_out_of_a_group_cancels_its_tasks) {
    for (int how = BY_RETURN; how <= BY_RETURN_MACRO; how += BY_RETURN_MACRO) {
        struct leaving l = { .how = how };
        CHECK_CODE(bide_call(leave_group, &l, NULL), BIDE_EGROUP);
        check_group_of(BIDE_EVALUE, "stop all");
        CHECK_CODE(bide_join(bide_create_task(leave_group, &l), NULL), BIDE_EGROUP);
        check_group_of(BIDE_EVALUE, "stop all");
    }
    CHECK(bide_loop_time(NULL) == 0);
    return 0;
}

TASK_TEST(return_out_of_a_group_when_cancelled_cancels_its_tasks) {
    BIDE_AUTO bide_task *t = bide_create_task(leave_group, &(struct leaving){ .waits = true });
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(bide_loop_time(NULL) == 1);
    return 0;
}

TASK_TEST(return_of_0_out_of_a_group_waits_for_its_tasks) {
    CHECK_CODE(bide_call(leave_group, &(struct leaving){ .waits = true }, NULL), 0);
    CHECK(bide_loop_time(NULL) == 5);
    CHECK_CODE(bide_call(leave_group, &(struct leaving){ .handles = true }, NULL), 0);
    CHECK(bide_loop_time(NULL) == 10);
    return 0;
}

/* An answer, and not a failure: what the queue has is dealt with. */
static int empties_queue(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task(&g, sleeps_longer, NULL);
        for (;;)
            if (bide_queue_get_nowait(arg, NULL) == BIDE_EEMPTY) return 0;
    }
    return 0;
}

TASK_TEST(return_out_of_a_group_behind_an_empty_queue_waits_for_its_tasks) {
    bide_queue q;
    CHECK_CODE(bide_queue_init(&q, 0), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_i64(1)), 0);
    CHECK_CODE(bide_call(empties_queue, &q, NULL), 0);
    CHECK(bide_loop_time(NULL) == 5);
    bide_queue_clear(&q);
    return 0;
}

/* The error was handled, but nothing shows that: the group takes it for what is returned. bide_ignore and BIDE_RETURN(0) show it. */
static int handles_secretly(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task(&g, sleeps_longer, NULL);
        return raise_key() == BIDE_EKEY ? 0 : BIDE_ERUNTIME;
    }
    return 0;
}

TASK_TEST(return_out_of_a_group_takes_an_error_for_the_end_unless_something_shows_that_it_was_handled) {
    CHECK_CODE(bide_call(handles_secretly, NULL, NULL), 0);
    CHECK(bide_loop_time(NULL) == 0);
    return 0;
}

static int both(void *group_outside) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    if (group_outside) {
        BIDE_WITH_TASK_GROUP(&g) {
            bide_task_group_create_task(&g, sleeps_longer, NULL);
            BIDE_WITH_TIMEOUT(&t, 1) return bide_sleep(2);
        }
    } else {
        BIDE_WITH_TIMEOUT(&t, 1) {
            BIDE_WITH_TASK_GROUP(&g) {
                bide_task_group_create_task(&g, sleeps_longer, NULL);
                return bide_sleep(2);
            }
        }
    }
    return 0;
}

TASK_TEST(return_out_of_a_timeout_and_a_group_passes_both_exits) {
    CHECK_CODE(bide_call(both, NULL, NULL), BIDE_ETIMEDOUT);
    CHECK(bide_loop_time(NULL) == 1);
    CHECK_CODE(bide_call(both, "", NULL), BIDE_EGROUP);
    check_group_of(BIDE_ETIMEDOUT, "");
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

static int return_macro_around(void *a) {
    WITH(a) BIDE_RETURN(raise_key());
    return 0;
}
static int return_macro_of_0(void *a) {
    WITH(a) BIDE_RETURN(bide_return_i64(7));
    return 0;
}
static int return_macro_without_a_block(void *arg) { BIDE_RETURN(raise_key()); }

TASK_TEST(return_macro_tells_the_exit) {
    bide_value v;
    CHECK_CODE(bide_call(return_macro_around, &(struct noted){ .name = "a" }, NULL), BIDE_EKEY);
    CHECK_CODE(bide_call(return_macro_around, &(struct noted){ .name = "a", .exit_fails = BIDE_EOS }, NULL), BIDE_EOS);
    CHECK_CODE(bide_call(return_macro_of_0, &(struct noted){ .name = "b" }, &v), 0);
    CHECK_INT(v.i64, 7);
    CHECK_CODE(bide_call(return_macro_without_a_block, NULL, NULL), BIDE_EKEY);
    CHECK_LOG("a /a:KeyError a /a:KeyError b /b");
    return 0;
}

TEST_MAIN
