/* test_eager.c -- tasks that start inside of the call that makes them, and who makes tasks. */
#include "test.h"

static const bide_task_options eager = { .eager_start = true };

static int returns_seven(void *arg) { return bide_return_i64(7); }
static int fails(void *arg) { return bide_raise(BIDE_EKEY, "at once"); }
static int cancelled(void *arg) { return BIDE_ECANCELED; }

static int two_naps(void *arg) {
    LOG("1");
    BIDE_TRY(bide_sleep(1));
    LOG("2");
    BIDE_TRY(bide_sleep(1));
    LOG("3");
    return bide_return_i64(3);
}

TASK_TEST(eager_task_that_never_suspends_is_done_at_once) {
    BIDE_AUTO bide_task *t = bide_create_task_with(&eager, returns_seven, NULL);
    CHECK(bide_future_done(t));
    CHECK_INT(bide_all_tasks(NULL, NULL, 0), 1);
    bide_value v;
    CHECK_CODE(bide_await(t, &v), 0);
    CHECK_INT(v.i64, 7);
    return 0;
}

TASK_TEST(eager_task_that_suspends_goes_on_as_any_other) {
    bide_task *t = bide_create_task_with(&eager, two_naps, NULL);
    LOG("made");
    CHECK(!bide_future_done(t));
    CHECK_INT(bide_all_tasks(NULL, NULL, 0), 2);
    bide_value v;
    CHECK_CODE(bide_join(t, &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK(bide_loop_time(NULL) == 2);
    CHECK_LOG("1 made 2 3");
    return 0;
}

TASK_TEST(eager_task_keeps_its_error) {
    bide_task *t = bide_create_task_with(&eager, fails, NULL);
    CHECK(t != NULL);
    CHECK_CODE(bide_last_error(), 0);
    CHECK_CODE(bide_join(t, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "at once");
    t = bide_create_task_with(&eager, cancelled, NULL);
    CHECK(bide_future_cancelled(t));
    bide_release(t);
    return 0;
}

static int note_context(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    return 0;
}

TASK_TEST(eager_task_whose_error_nobody_retrieves_is_told_to_the_handler) {
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    bide_release(bide_create_task_with(&eager, fails, NULL));
    CHECK_LOG("Task exception was never retrieved");
    return 0;
}

static int done(bide_future *f, void *name) {
    LOG(name);
    return 0;
}

TASK_TEST(eager_task_that_is_done_calls_back_in_the_next_turn) {
    BIDE_AUTO bide_task *t = bide_create_task_with(&eager, returns_seven, NULL);
    CHECK_CODE(bide_future_add_done_callback(t, done, "told"), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("told");
    return 0;
}

static int nests(void *depth) {
    int less = *(int *)depth - 1;
    bide_task *me = bide_current_task();
    if (less < 0) return bide_sleep(1);
    BIDE_AUTO bide_task *t = bide_create_task_with(&eager, nests, &less);
    CHECK(bide_current_task() == me);
    return bide_await(t, NULL);
}

TASK_TEST(eager_tasks_nest) {
    int four = 4;
    bide_task *t = bide_create_task_with(&eager, nests, &four);
    CHECK_INT(bide_all_tasks(NULL, NULL, 0), 6);
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK(bide_loop_time(NULL) == 1);
    return 0;
}

static int sees_itself(void *arg) {
    bide_task *all[4];
    CHECK_INT(bide_all_tasks(NULL, all, 4), 2);
    CHECK(all[1] == bide_current_task());
    bide_release_all(all, 4);
    CHECK_TEXT(bide_task_get_name(bide_current_task()), "early");
    return 0;
}

TASK_TEST(eager_task_is_among_all_tasks_while_it_starts) {
    CHECK_CODE(bide_join(bide_create_task_with(&(bide_task_options){ .name = "early", .eager_start = true }, sees_itself, NULL), NULL), 0);
    return 0;
}

static int cancels(void *other) {
    bide_task_cancel(other);
    return 0;
}

TASK_TEST(eager_task_may_cancel_who_makes_it) {
    bide_task *t = bide_create_task_with(&eager, cancels, bide_current_task());
    CHECK_CODE(bide_sleep(1), BIDE_ECANCELED);
    bide_task_uncancel(bide_current_task());
    return bide_join(t, NULL);
}

TASK_TEST(eager_task_owns_a_copy_of_its_argument) {
    double one = 1;
    bide_task *t = bide_create_task_with(&(bide_task_options){ .eager_start = true, .arg_size = sizeof one }, test_sleeper, &one);
    one = 50;
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK(bide_loop_time(NULL) == 1);
    return 0;
}

TASK_TEST(eager_task_leaves_the_result_and_errors_of_who_makes_it_alone) {
    CHECK_CODE(bide_return_i64(1), 0);
    bide_ignore(bide_raise(BIDE_EOS, "mine"));
    bide_release(bide_create_task_with(&eager, returns_seven, NULL));
    bide_task *t = bide_create_task_with(&eager, fails, NULL);
    CHECK_CODE(bide_last_error(), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "mine");
    CHECK_CODE(bide_join(t, NULL), BIDE_EKEY);
    return 0;
}

static int starts_eagerly(void *t) {
    *(bide_task **)t = bide_create_task_with(&eager, two_naps, NULL);
    CHECK(bide_current_task() == NULL);
    LOG("callback");
    return 0;
}

TASK_TEST(eager_task_starts_in_a_callback) {
    bide_task *t = NULL;
    bide_loop_call_soon(NULL, starts_eagerly, &t);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("1 callback");
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_LOG("2 3");
    return 0;
}

static int makes_eager_and_yields(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task_with(&eager, two_naps, NULL);
    BIDE_TRY(bide_yield(bide_i64(1), NULL));
    return bide_await(t, NULL);
}

TASK_TEST(eager_task_starts_in_a_generator) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(makes_eager_and_yields, NULL);
    CHECK_CODE(bide_generator_next(g, NULL), 0);
    CHECK_LOG("1");
    CHECK_CODE(bide_generator_next(g, NULL), BIDE_ESTOP);
    CHECK_LOG("2 3");
    BIDE_AUTO_GENERATOR bide_generator *h = bide_generator_new(makes_eager_and_yields, NULL);
    CHECK_CODE(bide_generator_next(h, NULL), 0);
    CHECK_LOG("1");
    CHECK_CODE(bide_sleep(3), 0);
    CHECK_LOG("2 3");
    return bide_generator_close(h);
}

TASK_TEST(eager_tasks_are_gathered) {
    bide_value v;
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task_with(&eager, two_naps, NULL), bide_create_task_with(&eager, returns_seven, NULL)), false, &v), 0);
    CHECK_INT(v.count, 2);
    CHECK_INT(v.items[0].i64 * 10 + v.items[1].i64, 37);
    bide_value_clear(&v);
    CHECK_LOG("1 2 3");
    return 0;
}

static int group_with_failure(void) {
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&group) {
        bide_task_group_create_task_with(&group, &eager, fails, NULL);
        LOG("body");
    }
    return 0;
}

TASK_TEST(eager_task_that_fails_in_a_group_fails_the_group) {
    CHECK_CODE(group_with_failure(), BIDE_EGROUP);
    CHECK_LOG("body");
    return 0;
}

/* ------------------------------------------------------------------ a loop that does not run, other loops */

TEST(eager_task_of_a_loop_that_does_not_run_waits_for_it) {
    bide_loop *loop = bide_new_event_loop();
    bide_task *t = bide_task_new(loop, &eager, two_naps, NULL);
    CHECK_LOG("");
    bide_value v;
    CHECK_CODE(bide_loop_run_until_complete_join(loop, t, &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK_LOG("1 2 3");
    bide_loop_release(loop);
    CHECK(bide_create_task_with(&eager, two_naps, NULL) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
    CHECK(bide_task_new(NULL, &eager, two_naps, NULL) == NULL);
}

TASK_TEST(eager_task_of_another_loop_does_not_start_here) {
    bide_loop *loop = bide_new_event_loop();
    bide_task *t = bide_task_new(loop, &eager, returns_seven, NULL);
    CHECK(!bide_future_done(t));
    bide_loop_set_exception_handler(loop, note_context, NULL);
    bide_loop_release(loop);
    bide_release(t);
    CHECK_LOG("Task was destroyed but it is pending!");
    return 0;
}

TEST(eager_task_of_a_closed_loop_is_refused) {
    bide_loop *loop = bide_new_event_loop();
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK(bide_task_new(loop, &eager, two_naps, NULL) == NULL);
    CHECK_TEXT(bide_last_message(), "Event loop is closed");
    bide_loop_release(loop);
}

/* ------------------------------------------------------------------ context */

static bide_context_var var = BIDE_CONTEXT_VAR_I64("var", 0);

static int var_now(void) {
    bide_value v;
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    return (int)v.i64;
}

static int sets_five(void *seen) {
    *(int *)seen = var_now();
    return bide_context_var_set(&var, bide_i64(5), NULL);
}

TASK_TEST(eager_task_has_a_context_of_its_own) {
    int seen = 0;
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), NULL), 0);
    bide_release(bide_create_task_with(&eager, sets_five, &seen));
    CHECK_INT(seen, 1);
    CHECK_INT(var_now(), 1);
    return 0;
}

TASK_TEST(eager_task_runs_in_the_context_that_is_given) {
    int seen = 0;
    bide_context *context = bide_copy_context();
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), NULL), 0);
    const bide_task_options options = { .eager_start = true, .context = context };
    bide_release(bide_create_task_with(&options, sets_five, &seen));
    CHECK_INT(seen, 0);
    bide_release(bide_create_task_with(&options, sets_five, &seen));
    CHECK_INT(seen, 5);
    CHECK_INT(var_now(), 1);
    bide_context_release(context);
    return 0;
}

static int refuses_here(void *context) {
    CHECK(bide_create_task_with(&(bide_task_options){ .eager_start = true, .context = context }, returns_seven, NULL) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "cannot enter context: it is already entered");
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task_with(&(bide_task_options){ .context = context }, returns_seven, NULL), &v), 0);
    CHECK_INT(v.i64, 7);
    return 0;
}

static int refuses_further_in(void *context) {
    bide_context *other = bide_copy_context();
    const int rc = bide_context_run(other, refuses_here, context, NULL);
    bide_context_release(other);
    return rc;
}

TASK_TEST(eager_task_is_refused_in_a_context_that_is_entered) {
    bide_context *context = bide_copy_context();
    CHECK_CODE(bide_context_run(context, refuses_here, context, NULL), 0);
    CHECK_CODE(bide_context_run(context, refuses_further_in, context, NULL), 0);
    CHECK_CODE(bide_join(bide_create_task_with(&(bide_task_options){ .context = context }, refuses_here, context), NULL), 0);
    bide_context_release(context);
    return 0;
}

/* ------------------------------------------------------------------ factories */

TASK_TEST(factory_that_is_eager_starts_each_task) {
    CHECK(bide_loop_get_task_factory(NULL) == NULL);
    bide_loop_set_task_factory(NULL, bide_eager_task_factory, NULL);
    CHECK(bide_loop_get_task_factory(NULL) == bide_eager_task_factory);
    BIDE_AUTO bide_task *t = bide_create_task(returns_seven, NULL);
    CHECK(bide_future_done(t));
    BIDE_AUTO bide_task *u = bide_create_task_copy(two_naps, "x", 1);
    CHECK_LOG("1");
    BIDE_AUTO bide_task *lazy = bide_create_task_with(&(bide_task_options){ .eager_start = BIDE_LAZY }, returns_seven, NULL);
    CHECK(!bide_future_done(lazy));
    bide_loop_set_task_factory(NULL, NULL, NULL);
    BIDE_AUTO bide_task *plain = bide_create_task(returns_seven, NULL);
    CHECK(!bide_future_done(plain));
    CHECK_CODE(bide_await(u, NULL), 0);
    CHECK_LOG("2 3");
    return 0;
}

TASK_TEST(factory_that_is_eager_can_be_called_by_hand) {
    BIDE_AUTO bide_task *t = bide_eager_task_factory(NULL, NULL, returns_seven, NULL, NULL);
    CHECK(bide_future_done(t));
    return 0;
}

static bide_task *counts(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *count) {
    CHECK(options != NULL);
    ++*(int *)count;
    bide_task_options named = *options;
    if (!named.name) named.name = "made";
    return bide_task_new(loop, &named, fn, arg);
}

TASK_TEST(factory_makes_every_task_of_its_loop) {
    int count = 0;
    bide_loop_set_task_factory(NULL, counts, &count);
    BIDE_AUTO bide_task *t = bide_create_task(returns_seven, NULL);
    CHECK_TEXT(bide_task_get_name(t), "made");
    BIDE_AUTO bide_task *u = bide_create_task_with(&(bide_task_options){ .name = "own" }, returns_seven, NULL);
    CHECK_TEXT(bide_task_get_name(u), "own");
    bide_release(bide_create_task_copy(returns_seven, "x", 1));
    bide_release(bide_ensure_future_call(returns_seven, NULL));
    bide_release(bide_shield_call(returns_seven, NULL));
    bide_release(bide_loop_create_task(NULL, returns_seven, NULL));
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    CHECK_CODE(bide_task_group_enter(&group), 0);
    bide_task_group_create_task(&group, returns_seven, NULL);
    CHECK_CODE(bide_task_group_exit(&group, 0), 0);
    CHECK_INT(count, 7);
    bide_release(bide_task_new(NULL, NULL, returns_seven, NULL));
    CHECK_INT(count, 7);
    return 0;
}

TEST(factory_makes_the_task_of_a_run_call) {
    int count = 0;
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_task_factory(loop, counts, &count);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, returns_seven, NULL, NULL), 0);
    CHECK_INT(count, 1);
    bide_loop_release(loop);
}

static bide_task *refuses(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *factory_arg) {
    bide_ignore(bide_raise(BIDE_EOS, "no tasks today"));
    return NULL;
}

TASK_TEST(factory_that_answers_null_fails_who_asks) {
    bide_loop_set_task_factory(NULL, refuses, NULL);
    CHECK(bide_create_task(returns_seven, NULL) == NULL);
    CHECK_TEXT(bide_last_message(), "no tasks today");
    CHECK_CODE(bide_join(bide_create_task(returns_seven, NULL), NULL), BIDE_EOS);
    CHECK(bide_shield_call(returns_seven, NULL) == NULL);
    CHECK_CODE(bide_wait_for_call(returns_seven, NULL, 0, NULL), BIDE_EOS);
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    CHECK_CODE(bide_task_group_enter(&group), 0);
    CHECK(bide_task_group_create_task(&group, returns_seven, NULL) == NULL);
    CHECK_CODE(bide_task_group_exit(&group, 0), 0);
    return 0;
}

TEST(factory_that_answers_null_fails_a_run_call) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_task_factory(loop, refuses, NULL);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, returns_seven, NULL, NULL), BIDE_EOS);
    bide_loop_release(loop);
    bide_loop_set_task_factory(NULL, refuses, NULL);
    CHECK(bide_loop_get_task_factory(NULL) == NULL);
}

TASK_TEST(eager_task_without_memory_is_null) {
    bool failed = true;
    for (long n = 1; failed && n < 20; n++) {
        alloc_fail_at(n);
        bide_task *t = bide_create_task_with(&(bide_task_options){ .eager_start = true, .name = "n", .arg_size = 1 }, returns_seven, "x");
        failed = alloc_failed();
        alloc_fail_at(0);
        CHECK(failed ? t == NULL && bide_last_error() == BIDE_ENOMEM : bide_future_done(t));
        bide_release(t);
    }
    CHECK(!failed);
    return 0;
}

TEST_MAIN
