/* test_context.c -- context variables, and who runs in which context. */
#include "test.h"

static bide_context_var var = BIDE_CONTEXT_VAR("var"), other_var = BIDE_CONTEXT_VAR_I64("other", 40), third_var = BIDE_CONTEXT_VAR("third");

/* -1: no value. */
static int value_of(const bide_context_var *v) {
    bide_value value;
    return bide_context_var_get(v, &value) == 0 ? (int)value.i64 : -1;
}

static void set(int number) { CHECK_CODE(bide_context_var_set(&var, bide_i64(number), NULL), 0); }

/* main's context is that of the whole program, so most tests change a copy of it. */
static int in_a_context(bide_fn *fn) {
    bide_context *context = bide_copy_context();
    const int rc = bide_context_run(context, fn, NULL, NULL);
    bide_context_release(context);
    return rc;
}

/* ------------------------------------------------------------------ get, set, reset */

static int gets_and_sets(void *arg) {
    bide_value v = bide_i64(5);
    CHECK_CODE(bide_context_var_get(&var, &v), BIDE_ELOOKUP);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_context_var_get(&other_var, NULL), 0);
    CHECK_INT(value_of(&other_var), 40);
    set(1);
    set(2);
    CHECK_INT(value_of(&var), 2);
    CHECK_CODE(bide_context_var_set(&other_var, bide_i64(3), NULL), 0);
    CHECK_CODE(bide_context_var_set(&third_var, bide_i64(4), NULL), 0);
    CHECK_INT(value_of(&var) * 100 + value_of(&other_var) * 10 + value_of(&third_var), 234);
    return 0;
}

TEST(context_var_has_its_value_else_its_default) { CHECK_CODE(in_a_context(gets_and_sets), 0); }

TEST(context_var_set_in_main_is_kept_until_reset) {
    bide_context_token token;
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), &token), 0);
    CHECK_INT(value_of(&var), 1);
    CHECK_CODE(bide_context_var_reset(&var, &token), 0);
    CHECK_INT(value_of(&var), -1);
}

static int holds_text(void *arg) {
    bide_context_token token;
    CHECK_CODE(bide_context_var_set(&var, bide_bytes("first", 5), NULL), 0);
    CHECK_CODE(bide_context_var_set(&var, bide_bytes("second", 6), &token), 0);
    BIDE_AUTO_VALUE bide_value second = { 0 }, first = { 0 };
    CHECK_CODE(bide_context_var_get(&var, &second), 0);
    CHECK_TEXT(second.bytes, "second");
    CHECK_CODE(bide_context_var_reset(&var, &token), 0);
    CHECK_CODE(bide_context_var_get(&var, &first), 0);
    CHECK_TEXT(first.bytes, "first");
    CHECK_CODE(bide_context_var_set(&var, bide_bytes("third", 5), &token), 0);
    bide_context_token_clear(&token);
    bide_context_token_clear(&token);
    return 0;
}

TEST(context_var_shares_what_its_value_holds) { CHECK_CODE(in_a_context(holds_text), 0); }

static int sets_error(void *arg) {
    bide_context_token token;
    set(1);
    alloc_fail_at(1);
    const bide_value no_memory = bide_bytes("x", 1);
    CHECK_CODE(bide_context_var_set(&var, no_memory, &token), BIDE_ENOMEM);
    CHECK_CODE(bide_context_var_reset(&var, &token), BIDE_ERUNTIME);
    CHECK_INT(value_of(&var), 1);
    return 0;
}

TEST(context_var_is_not_set_to_an_error) { CHECK_CODE(in_a_context(sets_error), 0); }

static int resets(void *arg) {
    bide_context_token first, second;
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), &first), 0);
    CHECK_CODE(bide_context_var_set(&var, bide_i64(2), &second), 0);
    CHECK_CODE(bide_context_var_reset(&other_var, &first), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "the token was made by a different variable");
    CHECK_CODE(bide_context_var_reset(&var, &second), 0);
    CHECK_INT(value_of(&var), 1);
    CHECK_CODE(bide_context_var_reset(&var, &second), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "the token has already been used once");
    CHECK_CODE(bide_context_var_reset(&var, &first), 0);
    CHECK_INT(value_of(&var), -1);
    CHECK_CODE(bide_context_var_reset(&var, &(bide_context_token){ 0 }), BIDE_ERUNTIME);
    return 0;
}

TEST(context_token_is_used_once_and_for_its_variable) { CHECK_CODE(in_a_context(resets), 0); }

static int resets_out_of_order(void *arg) {
    bide_context_token first, second;
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), &first), 0);
    CHECK_CODE(bide_context_var_set(&var, bide_i64(2), &second), 0);
    CHECK_CODE(bide_context_var_reset(&var, &first), 0);
    CHECK_INT(value_of(&var), -1);
    CHECK_CODE(bide_context_var_reset(&var, &second), 0);
    CHECK_INT(value_of(&var), 1);
    return 0;
}

TEST(context_token_restores_what_was_before_its_own_set) { CHECK_CODE(in_a_context(resets_out_of_order), 0); }

static bide_context_token shared_token;

static int resets_shared_token(void *arg) {
    CHECK_CODE(bide_context_var_reset(&var, &shared_token), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "the token was made in a different context");
    return 0;
}

TASK_TEST(context_token_is_for_its_context_only) {
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), &shared_token), 0);
    CHECK_CODE(bide_join(bide_create_task(resets_shared_token, NULL), NULL), 0);
    bide_loop_call_soon(NULL, resets_shared_token, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(in_a_context(resets_shared_token), 0);
    CHECK_CODE(bide_context_var_reset(&var, &shared_token), 0);
    return 0;
}

static int sets_shared_token(void *arg) { return bide_context_var_set(&var, bide_i64(1), &shared_token); }

TASK_TEST(context_token_of_a_callback_is_not_for_the_next) {
    bide_loop_call_soon(NULL, sets_shared_token, NULL);
    bide_loop_call_soon(NULL, resets_shared_token, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(value_of(&var), -1);
    bide_context_token_clear(&shared_token);
    return 0;
}

/* ------------------------------------------------------------------ memory */

static int every_way(void *arg) {
    bide_context_token token;
    BIDE_TRY(bide_context_var_set(&var, bide_i64(1), NULL));
    BIDE_TRY(bide_context_var_set(&other_var, bide_i64(1), &token));
    bide_context *context = bide_copy_context();
    if (!context) return bide_context_token_clear(&token), bide_last_error();
    int rc = bide_context_var_reset(&other_var, &token);
    if (rc == 0) rc = bide_context_var_set(&var, bide_bytes("x", 1), NULL);
    bide_context_token_clear(&token);
    bide_context_release(context);
    return rc;
}

TEST(context_without_memory_is_as_it_was) {
    bool failed = true;
    for (long n = 1; failed && n < 50; n++) {
        bide_context *context = bide_copy_context();
        alloc_fail_at(n);
        const int rc = bide_context_run(context, every_way, NULL, NULL);
        failed = alloc_failed();
        alloc_fail_at(0);
        CHECK_CODE(rc, failed ? BIDE_ENOMEM : 0);
        bide_context_release(context);
        CHECK_INT(alloc_live(), 0);
    }
    CHECK(!failed);
}

static int reset_needs_memory(void *arg) {
    bide_context_token token;
    CHECK_CODE(bide_context_var_set(&third_var, bide_i64(1), NULL), 0);
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), &token), 0);
    bide_context *holds = bide_copy_context();
    alloc_fail_at(1);
    CHECK_CODE(bide_context_var_reset(&var, &token), BIDE_ENOMEM);
    CHECK_INT(value_of(&var), 1);
    CHECK_CODE(bide_context_var_reset(&var, &token), 0);
    CHECK_INT(value_of(&var), -1);
    bide_context_release(holds);
    return 0;
}

TEST(context_token_can_be_used_again_when_there_was_no_memory) { CHECK_CODE(in_a_context(reset_needs_memory), 0); }

/* ------------------------------------------------------------------ contexts: copy, run, get */

static int sets_five(void *arg) {
    CHECK_INT(value_of(&var), 1);
    set(5);
    return bide_return_i64(6);
}

TASK_TEST(context_copy_is_changed_by_what_runs_in_it) {
    set(1);
    bide_context *context = bide_copy_context();
    set(2);
    bide_value v;
    CHECK_CODE(bide_context_run(context, sets_five, NULL, &v), 0);
    CHECK_INT(v.i64, 6);
    CHECK_INT(value_of(&var), 2);
    CHECK_CODE(bide_context_get(context, &var, &v), 0);
    CHECK_INT(v.i64, 5);
    CHECK_CODE(bide_context_get(context, &other_var, &v), BIDE_EKEY);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_context_get(context, &var, NULL), 0);
    CHECK(bide_context_retain(context) == context);
    bide_context_release(context);
    bide_context_release(context);
    return 0;
}

static int fails(void *arg) { return bide_raise(BIDE_EKEY, "inside"); }

TASK_TEST(context_run_passes_an_error_on_and_leaves_the_context) {
    set(1);
    bide_context *context = bide_copy_context();
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_context_run(context, fails, NULL, &v), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "inside");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_context_run(context, sets_five, NULL, NULL), 0);
    CHECK_INT(value_of(&var), 1);
    bide_context_release(context);
    return 0;
}

TEST(context_that_is_null_has_failed) {
    bide_value v = bide_i64(1);
    bide_ignore(bide_raise(BIDE_EOS, "why"));
    CHECK_CODE(bide_context_run(NULL, fails, NULL, &v), BIDE_EOS);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_context_get(NULL, &var, NULL), BIDE_EOS);
    bide_context_release(NULL);
    CHECK(bide_context_retain(NULL) == NULL);
}

static int enters_again(void *context) {
    CHECK_CODE(bide_context_run(context, fails, NULL, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "cannot enter context: it is already entered");
    return 0;
}

static int enters_another(void *context) {
    bide_context *other = bide_copy_context();
    CHECK_CODE(bide_context_run(other, enters_again, context, NULL), 0);
    CHECK_CODE(bide_context_run(other, enters_again, other, NULL), 0);
    bide_context_release(other);
    return 0;
}

TASK_TEST(context_is_entered_once_at_a_time) {
    bide_context *context = bide_copy_context();
    CHECK_CODE(bide_context_run(context, enters_again, context, NULL), 0);
    CHECK_CODE(bide_context_run(context, enters_another, context, NULL), 0);
    bide_context_release(context);
    return 0;
}

static int sleeps_inside(void *arg) {
    set(7);
    BIDE_TRY(bide_sleep(1));
    CHECK_INT(value_of(&var), 7);
    return 0;
}

static int runs_sleeper(void *context) { return bide_context_run(context, sleeps_inside, NULL, NULL); }

TASK_TEST(context_run_may_suspend_while_others_see_theirs) {
    set(1);
    bide_context *context = bide_copy_context();
    bide_task *t = bide_create_task(runs_sleeper, context);
    CHECK_CODE(bide_sleep(0.5), 0);
    CHECK_INT(value_of(&var), 1);
    CHECK_CODE(bide_context_run(context, fails, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_CODE(bide_context_run(context, fails, NULL, NULL), BIDE_EKEY);
    bide_context_release(context);
    return 0;
}

static int quiet(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

TEST(context_is_left_by_a_task_that_is_abandoned) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, quiet, NULL);
    bide_context *given = bide_copy_context(), *entered = bide_copy_context();
    bide_loop_set_task_factory(loop, bide_eager_task_factory, NULL);
    bide_task *t = bide_task_new(loop, &(bide_task_options){ .context = given }, runs_sleeper, entered);
    bide_loop_stop(loop);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_CODE(bide_loop_close(loop), 0);
    bide_release(t);
    CHECK_CODE(bide_context_run(entered, fails, NULL, NULL), BIDE_EKEY);
    CHECK_CODE(bide_context_run(given, fails, NULL, NULL), BIDE_EKEY);
    bide_context_release(entered);
    bide_context_release(given);
    bide_loop_release(loop);
}

/* ------------------------------------------------------------------ who runs in which context */

static void note_var(const char *who) {
    char line[40];
    snprintf(line, sizeof line, "%s:%d", who, value_of(&var));
    LOG(line);
}

static int notes_and_sets(void *who) {
    note_var(who);
    set(99);
    return 0;
}

static int done_notes_and_sets(bide_future *f, void *who) { return notes_and_sets(who); }

TASK_TEST(context_is_copied_for_a_task_when_it_is_made) {
    set(1);
    bide_task *t = bide_create_task(notes_and_sets, "task");
    set(2);
    bide_task *u = bide_create_task_copy(notes_and_sets, "copied", 7);
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_CODE(bide_join(u, NULL), 0);
    CHECK_LOG("task:1 copied:2");
    CHECK_INT(value_of(&var), 2);
    return 0;
}

TASK_TEST(context_is_copied_for_callbacks_when_they_are_registered) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    set(1);
    bide_loop_call_soon(NULL, notes_and_sets, "soon");
    CHECK_CODE(bide_loop_call_soon_threadsafe(NULL, notes_and_sets, "threadsafe"), 0);
    set(2);
    bide_loop_call_later(NULL, 1, notes_and_sets, "later");
    CHECK_CODE(bide_future_add_done_callback(f, done_notes_and_sets, "done"), 0);
    set(3);
    CHECK_CODE(bide_future_set_result(f, bide_i64(0)), 0);
    CHECK_CODE(bide_future_add_done_callback(f, done_notes_and_sets, "late"), 0);
    CHECK_CODE(bide_sleep(2), 0);
    CHECK_LOG("soon:1 threadsafe:1 done:2 late:3 later:2");
    CHECK_INT(value_of(&var), 3);
    return 0;
}

TASK_TEST(context_of_callbacks_that_never_run_is_given_up) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    set(1);
    bide_handle_cancel(bide_loop_call_soon(NULL, notes_and_sets, "never"));
    bide_loop_call_later(NULL, 100, notes_and_sets, "never");
    CHECK_CODE(bide_future_add_done_callback(f, done_notes_and_sets, "never"), 0);
    CHECK_INT(bide_future_remove_done_callback(f, done_notes_and_sets, "never"), 0 + 1);
    CHECK_CODE(bide_future_add_done_callback(f, done_notes_and_sets, "never"), 0);
    CHECK_LOG("");
    return 0;
}

static int calls(void *arg) {
    set(5);
    return 0;
}

TASK_TEST(context_is_shared_by_plain_calls) {
    set(1);
    CHECK_CODE(bide_call(calls, NULL, NULL), 0);
    CHECK_INT(value_of(&var), 5);
    set(1);
    CHECK_CODE(bide_wait_for_call(calls, NULL, 1, NULL), 0);
    CHECK_INT(value_of(&var), 5);
    return 0;
}

static int adds_one(void *arg) {
    BIDE_TRY(bide_sleep(1));
    set(value_of(&var) + 1);
    return 0;
}

TASK_TEST(context_given_to_two_tasks_is_shared_by_them) {
    set(1);
    bide_context *context = bide_copy_context();
    const bide_task_options options = { .context = context };
    bide_task *t = bide_create_task_with(&options, adds_one, NULL), *u = bide_create_task_with(&options, adds_one, NULL);
    bide_context_release(context);
    bide_context_retain(context);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(t, u), false, NULL), 0);
    bide_value v;
    CHECK_CODE(bide_context_get(context, &var, &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK_INT(value_of(&var), 1);
    bide_context_release(context);
    return 0;
}

static int makes_a_child(void *arg) {
    set(7);
    BIDE_TRY(bide_join(bide_create_task(notes_and_sets, "child"), NULL));
    note_var("parent");
    return 0;
}

TASK_TEST(context_given_to_a_task_is_copied_for_its_children) {
    bide_context *context = bide_copy_context();
    bide_task *t = bide_create_task_with(&(bide_task_options){ .context = context }, makes_a_child, NULL);
    bide_context_release(context);
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_LOG("child:7 parent:7");
    return 0;
}

static int handler_notes(bide_loop *loop, const bide_exception_context *context, void *arg) { return notes_and_sets("handler"); }

static int sets_and_fails(void *number) {
    set(*(int *)number);
    return bide_raise(BIDE_EKEY, NULL);
}

TASK_TEST(context_of_the_exception_handler_is_that_of_what_failed) {
    int two = 2, three = 3;
    set(1);
    bide_loop_set_exception_handler(NULL, handler_notes, NULL);
    bide_loop_call_soon(NULL, sets_and_fails, &two);
    bide_task *t = bide_create_task(sets_and_fails, &three);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("handler:2");
    bide_release(t);
    CHECK_LOG("handler:3");
    bide_loop_call_exception_handler(NULL, &(bide_exception_context){ .message = "mine", .error = "" });
    CHECK_LOG("handler:1");
    CHECK_INT(value_of(&var), 99);
    return 0;
}

static bide_task *failed;

static int handler_drops_another(bide_loop *loop, const bide_exception_context *context, void *arg) {
    note_var(context->future == failed ? "inner" : "outer");
    set(50);
    bide_task *t = context->future == failed ? NULL : failed;
    bide_release(t);
    return 0;
}

TASK_TEST(context_of_a_handler_within_a_handler_is_its_own) {
    int two = 2, three = 3;
    set(1);
    bide_loop_set_exception_handler(NULL, handler_drops_another, NULL);
    bide_task *t = bide_create_task(sets_and_fails, &two);
    failed = bide_create_task(sets_and_fails, &three);
    CHECK_CODE(bide_sleep(0), 0);
    bide_release(t);
    CHECK_LOG("outer:2 inner:3");
    CHECK_INT(value_of(&var), 1);
    return 0;
}

static int handler_fails_again(bide_loop *loop, const bide_exception_context *context, void *arg) {
    note_var("handler");
    set(60);
    if (strcmp(context->message, "again") == 0) return 0;
    bide_loop_call_exception_handler(loop, &(bide_exception_context){ .message = "again", .error = "", .future = context->future });
    note_var("then");
    return 0;
}

TASK_TEST(context_of_a_handler_called_for_the_same_task_again_is_safe) {
    int two = 2;
    bide_loop_set_exception_handler(NULL, handler_fails_again, NULL);
    bide_task *t = bide_create_task(sets_and_fails, &two);
    CHECK_CODE(bide_sleep(0), 0);
    bide_release(t);
    CHECK_LOG("handler:2 handler:-1 then:60");
    return 0;
}

static int deadlock_sets(void *arg) {
    set(1);
    return 0;
}

static int waits_forever(void *arg) {
    bide_loop_set_deadlock_handler(NULL, deadlock_sets, NULL);
    return bide_sleep(INFINITY);
}

TEST(context_of_a_deadlock_handler_is_given_up) { CHECK_CODE(bide_run(waits_forever, NULL, NULL), BIDE_EDEADLOCK); }

TEST_MAIN
