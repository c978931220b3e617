/* test_defer.c -- bide_defer: calls at the end of a task, however that comes. */
#include "test.h"

static int note(void *name) {
    LOG(name);
    return 0;
}

static int note_and_fail(void *name) {
    LOG(name);
    return bide_raise(BIDE_EVALUE, "in %s", (const char *)name);
}

static int note_context(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    LOG(context->error);
    CHECK(context->future != NULL);
    return 0;
}

static int defers_two(void *ends_with) {
    BIDE_TRY(bide_defer(note, "first"));
    BIDE_TRY(bide_defer(note, "second"));
    LOG("body");
    return *(int *)ends_with;
}

static int done(bide_future *f, void *name) {
    LOG(name);
    return 0;
}

TASK_TEST(defer_calls_the_newest_first_and_before_anyone_is_told) {
    int code = 0;
    BIDE_AUTO bide_task *t = bide_create_task(defers_two, &code);
    CHECK_CODE(bide_future_add_done_callback(t, done, "told"), 0);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("body second first told");
    return 0;
}

TASK_TEST(defer_calls_after_an_error) {
    int code = BIDE_EKEY;
    CHECK_CODE(bide_join(bide_create_task(defers_two, &code), NULL), BIDE_EKEY);
    CHECK_LOG("body second first");
    return 0;
}

static int defers_and_sleeps(void *arg) {
    BIDE_TRY(bide_defer(note, "deferred"));
    return bide_sleep(10);
}

TASK_TEST(defer_calls_after_a_cancellation) {
    bide_task *t = bide_create_task(defers_and_sleeps, NULL);
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("deferred");
    return 0;
}

TASK_TEST(defer_calls_nothing_of_a_task_that_never_began) {
    bide_task *t = bide_create_task(defers_and_sleeps, NULL);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("");
    return 0;
}

static int quiet(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    return 0;
}

TEST(defer_calls_when_the_loop_closes) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, quiet, NULL);
    bide_task *t = bide_loop_create_task(loop, defers_and_sleeps, NULL);
    bide_loop_stop(loop);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK_LOG("Task was destroyed but it is pending! deferred");
    bide_release(t);
    bide_loop_release(loop);
}

static int defers_failing(void *arg) {
    BIDE_TRY(bide_defer(note, "first"));
    BIDE_TRY(bide_defer(note_and_fail, "second"));
    return bide_return_i64(3);
}

TASK_TEST(defer_tells_an_error_to_the_handler_and_goes_on) {
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(defers_failing, NULL), &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK_LOG("second Exception in callback in second first");
    return 0;
}

static int tries_to_wait(void *arg) {
    CHECK(bide_current_task() == NULL);
    CHECK_CODE(bide_sleep(1), BIDE_ERUNTIME);
    CHECK_CODE(bide_defer(note, "late"), BIDE_ERUNTIME);
    bide_lock lock = BIDE_LOCK_INIT;
    CHECK_CODE(bide_lock_acquire(&lock), BIDE_ERUNTIME);
    CHECK(bide_loop_call_soon(NULL, note, "soon") != NULL);
    return 0;
}

static int defers_waiting(void *arg) { return bide_defer(tries_to_wait, NULL); }

TASK_TEST(defer_refuses_what_would_suspend) {
    CHECK_CODE(bide_join(bide_create_task(defers_waiting, NULL), NULL), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("soon");
    return 0;
}

TASK_TEST(defer_calls_at_the_end_of_an_eager_task) {
    int code = 0;
    BIDE_AUTO bide_task *t = bide_create_task_with(&(bide_task_options){ .eager_start = true }, defers_two, &code);
    CHECK_LOG("body second first");
    CHECK(bide_future_done(t) && bide_current_task() != NULL);
    return 0;
}

static int eager_in_callback(void *arg) {
    int rc = bide_raise(BIDE_EKEY, "mine");
    bide_release(bide_create_task_with(&(bide_task_options){ .eager_start = true }, defers_failing, NULL));
    CHECK_CODE(bide_last_error(), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "mine");
    LOG("callback");
    return rc == BIDE_EKEY ? 0 : rc;
}

TASK_TEST(defer_leaves_the_errors_of_a_callback_alone) {
    bide_loop_set_exception_handler(NULL, quiet, NULL);
    bide_loop_call_soon(NULL, eager_in_callback, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("second Exception in callback first callback");
    return 0;
}

/* ------------------------------------------------------------------ how the task ends */

static int silent(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

static int looks_at_end(void *arg) {
    LOG(bide_last_error() == 0 ? "nothing" : bide_error_name(bide_last_error()));
    if (*bide_last_message()) LOG(bide_last_message());
    return 0;
}

static int looks_and_fails(void *arg) {
    BIDE_TRY(looks_at_end(NULL));
    return bide_raise(BIDE_EKEY, "another");
}

static int ends(void *fn) {
    BIDE_TRY(bide_defer(looks_at_end, NULL));
    BIDE_TRY(bide_defer(looks_and_fails, NULL));
    bide_ignore(bide_raise(BIDE_EEMPTY, "met on the way"));
    return fn ? ((bide_fn *)fn)(NULL) : 0;
}

static int fails_with_text(void *arg) { return bide_raise(BIDE_EVALUE, "bad port %d", 7); }
static int sleeps_long(void *arg) { return bide_sleep(10); }
static int swallows(void *arg) { return bide_ignore(bide_sleep(10)), 0; }

static int fails_in_group(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) bide_task_group_create_task(&g, fails_with_text, NULL);
    return 0;
}

static int returns_in_timeout(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 1) return bide_sleep(10);
    return 0;
}

static bide_task *cancelled_later(bide_fn *fn) {
    bide_task *t = bide_create_task(ends, (void *)fn);
    bide_ignore(bide_sleep(1));
    bide_task_cancel(t);
    return t;
}

TASK_TEST(defer_finds_what_the_task_ends_with) {
    bide_loop_set_exception_handler(NULL, silent, NULL);
    CHECK_CODE(bide_join(bide_create_task(ends, NULL), NULL), 0);
    CHECK_LOG("nothing nothing");
    CHECK_CODE(bide_join(bide_create_task(ends, (void *)fails_with_text), NULL), BIDE_EVALUE);
    CHECK_LOG("ValueError bad port 7 ValueError bad port 7");
    CHECK_CODE(bide_join(bide_create_task(ends, (void *)fails_in_group), NULL), BIDE_EGROUP);
    CHECK_LOG("ExceptionGroup unhandled errors in a TaskGroup (1 sub-exception) ExceptionGroup unhandled errors in a TaskGroup (1 sub-exception)");
    CHECK_CODE(bide_join(bide_create_task(ends, (void *)returns_in_timeout), NULL), BIDE_ETIMEDOUT);
    CHECK_LOG("TimeoutError TimeoutError");
    return 0;
}

TASK_TEST(defer_finds_a_cancellation_and_none_that_was_swallowed) {
    bide_loop_set_exception_handler(NULL, silent, NULL);
    CHECK_CODE(bide_join(cancelled_later(sleeps_long), NULL), BIDE_ECANCELED);
    CHECK_LOG("CancelledError CancelledError");
    CHECK_CODE(bide_join(cancelled_later(swallows), NULL), 0);
    CHECK_LOG("nothing nothing");
    return 0;
}

static int never_ends(void *arg) { return ends((void *)sleeps_long); }

TEST(defer_finds_a_cancellation_when_the_loop_closes) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, silent, NULL);
    BIDE_AUTO bide_task *t = bide_loop_create_task(loop, never_ends, NULL);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, test_sleeper, NULL, NULL), 0);
    bide_loop_release(loop);
    CHECK_LOG("CancelledError CancelledError");
}

static bide_context_var var = BIDE_CONTEXT_VAR_I64("var", 0);

static int looks_and_sets(void *arg) {
    bide_value v;
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    CHECK_INT(v.i64, 5);
    return bide_context_var_set(&var, bide_i64(6), NULL);
}

static int looks_again(void *arg) {
    bide_value v;
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    CHECK_INT(v.i64, 6);
    return 0;
}

static int sets_and_defers(void *arg) {
    BIDE_TRY(bide_defer(looks_again, NULL));
    BIDE_TRY(bide_defer(looks_and_sets, NULL));
    return bide_context_var_set(&var, bide_i64(5), NULL);
}

TASK_TEST(defer_calls_in_the_context_of_the_task) {
    CHECK_CODE(bide_join(bide_create_task(sets_and_defers, NULL), NULL), 0);
    bide_value v;
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    CHECK_INT(v.i64, 0);
    return 0;
}

static int runs_out_of_memory(void *arg) {
    alloc_fail_at(1);
    CHECK_CODE(bide_defer(note, "never"), BIDE_ENOMEM);
    CHECK(alloc_failed());
    return 0;
}

TASK_TEST(defer_without_memory_is_refused) {
    CHECK_CODE(bide_join(bide_create_task(runs_out_of_memory, NULL), NULL), 0);
    CHECK_LOG("");
    return 0;
}

TEST(defer_outside_of_a_task_is_refused) {
    CHECK_CODE(bide_defer(note, "never"), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "not called from a task");
}

TEST_MAIN
