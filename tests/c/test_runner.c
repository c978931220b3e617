/* test_runner.c -- bide_runner: several runs in one loop and one context. */
#include "test.h"

static int returns_i64(void *number) { return bide_return_i64(*(int *)number); }
static int fails(void *arg) { return bide_raise(BIDE_EKEY, "inside"); }
static int nothing(void *arg) { return 0; }
static int note(void *name) {
    LOG(name);
    return 0;
}

static int note_context(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    LOG(bide_error_name(context->code));
    return 0;
}

/* ------------------------------------------------------------------ life */

TEST(runner_runs_several_times_in_one_loop) {
    int one = 1, two = 2;
    bide_runner r = BIDE_RUNNER_INIT;
    bide_value v;
    CHECK_CODE(bide_runner_run(&r, returns_i64, &one, &v), 0);
    CHECK_INT(v.i64, 1);
    bide_loop *loop = bide_runner_get_loop(&r);
    CHECK(!bide_loop_is_running(loop) && !bide_loop_is_closed(loop));
    CHECK(bide_get_event_loop() == loop);
    CHECK_CODE(bide_runner_run(&r, test_sleeper, &(double){ 3 }, NULL), 0);
    CHECK_CODE(bide_runner_run(&r, returns_i64, &two, &v), 0);
    CHECK_INT(v.i64, 2);
    CHECK(bide_runner_get_loop(&r) == loop);
    CHECK(bide_loop_time(loop) == 3);
    CHECK_CODE(bide_runner_close(&r), 0);
}

TEST(runner_zeroed_and_made_by_init_are_the_same) {
    bide_runner zeroed = { 0 }, made;
    CHECK_CODE(bide_runner_run(&zeroed, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&zeroed), 0);
    memset(&made, 0xa5, sizeof made);
    CHECK_CODE(bide_runner_init(&made, NULL), 0);
    CHECK(bide_get_event_loop() == bide_runner_get_loop(&made));
    CHECK_CODE(bide_runner_run(&made, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&made), 0);
}

TEST(runner_closed_refuses_everything_but_another_close) {
    bide_runner r = BIDE_RUNNER_INIT;
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, &v), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Runner is closed");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK(bide_runner_get_loop(&r) == NULL);
    CHECK_TEXT(bide_last_message(), "Runner is closed");
}

TEST(runner_never_begun_is_closed_without_effect) {
    int one = 1;
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_CODE(bide_runner_run(&r, returns_i64, &one, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
}

TEST(runner_passes_an_error_on_and_goes_on) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, fails, NULL, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "inside");
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
}

static int cancels_itself(void *arg) {
    bide_task_cancel(bide_current_task());
    return bide_sleep(1);
}

TEST(runner_answers_a_cancelled_main) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, cancels_itself, NULL, NULL), BIDE_ECANCELED);
    CHECK_CODE(bide_runner_close(&r), 0);
}

static int uses_runner(void *runner) {
    bide_value v = bide_i64(1);
    bide_runner other = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(runner, nothing, NULL, &v), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Runner.run() cannot be called from a running event loop");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_runner_run(&other, nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_runner_close(&other), 0);
    CHECK_CODE(bide_runner_close(runner), BIDE_ERUNTIME);
    CHECK(bide_runner_get_loop(runner) == bide_get_running_loop());
    return 0;
}

TEST(runner_is_not_run_or_closed_while_a_loop_runs) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, uses_runner, &r, NULL), 0);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
}

static int stops_the_loop(void *arg) {
    bide_loop_stop(NULL);
    return bide_sleep(1);
}

TEST(runner_whose_loop_is_stopped_goes_on_with_the_rest_later) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, stops_the_loop, NULL, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Event loop stopped before Future completed.");
    CHECK_CODE(bide_runner_run(&r, test_sleeper, &(double){ 2 }, NULL), 0);
    CHECK_INT(bide_all_tasks(bide_runner_get_loop(&r), NULL, 0), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
}

/* ------------------------------------------------------------------ tasks that are left */

static int ticks(void *arg) {
    for (;;) {
        LOG("tick");
        const int rc = bide_sleep(1);
        if (rc == BIDE_ECANCELED) LOG("cancelled");
        BIDE_TRY(rc);
    }
}

static int leaves_ticks(void *arg) {
    bide_release(bide_create_task(ticks, NULL));
    return bide_sleep(0.5);
}

TEST(runner_freezes_tasks_between_runs_and_cancels_them_at_the_end) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, leaves_ticks, NULL, NULL), 0);
    CHECK_LOG("tick");
    CHECK_CODE(bide_runner_run(&r, test_sleeper, &(double){ 2 }, NULL), 0);
    CHECK_LOG("tick tick");
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("cancelled");
}

static int cleans_up_and_fails(void *arg) {
    bide_ignore(bide_sleep(10));
    BIDE_TRY(bide_sleep(2));
    LOG("cleaned up");
    return bide_raise(BIDE_EOS, "late");
}

static int leaves_failing(void *arg) {
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    bide_release(bide_create_task(cleans_up_and_fails, NULL));
    return bide_sleep(0);
}

TEST(runner_waits_for_clean_up_and_tells_of_errors_when_it_is_closed) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, leaves_failing, NULL, NULL), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("cleaned up unhandled exception during asyncio.run() shutdown OSError");
}

static int yields_and_cleans_up(void *arg) {
    const int rc = bide_yield(bide_i64(1), NULL);
    BIDE_TRY(bide_sleep(1));
    LOG("closed");
    return rc;
}

static int asks(void *g) { return bide_generator_next(g, NULL); }

TEST(runner_closes_asynchronous_generators_when_it_is_closed) {
    bide_runner r = BIDE_RUNNER_INIT;
    bide_generator *g = bide_async_generator_new(yields_and_cleans_up, NULL);
    CHECK_CODE(bide_runner_run(&r, asks, g, NULL), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("closed");
    bide_generator_release(g);
}

static int deadlock(void *arg) {
    LOG("deadlock");
    return 0;
}

static int waits_forever(void *arg) {
    bide_loop_set_deadlock_handler(NULL, deadlock, NULL);
    return bide_sleep(INFINITY);
}

TEST(runner_goes_on_after_a_deadlock) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, waits_forever, NULL, NULL), BIDE_EDEADLOCK);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("deadlock");
}

/* ------------------------------------------------------------------ context */

static bide_context_var var = BIDE_CONTEXT_VAR_I64("var", 0);

static int adds_one(void *arg) {
    bide_value v;
    BIDE_TRY(bide_context_var_get(&var, &v));
    BIDE_TRY(bide_context_var_set(&var, bide_i64(v.i64 + 1), NULL));
    return bide_return_i64(v.i64 + 1);
}

TEST(runner_keeps_one_context_for_all_its_runs) {
    bide_runner r = BIDE_RUNNER_INIT;
    bide_value v;
    CHECK_CODE(bide_runner_run(&r, adds_one, NULL, &v), 0);
    CHECK_INT(v.i64, 1);
    CHECK_CODE(bide_runner_run(&r, adds_one, NULL, &v), 0);
    CHECK_INT(v.i64, 2);
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    CHECK_INT(v.i64, 0);
    CHECK_CODE(bide_runner_close(&r), 0);
}

TEST(runner_runs_in_a_context_that_is_given) {
    bide_runner r = BIDE_RUNNER_INIT;
    bide_context *context = bide_copy_context();
    bide_value v;
    CHECK_CODE(bide_runner_run(&r, adds_one, NULL, NULL), 0);
    CHECK_CODE(bide_runner_run_with(&r, context, adds_one, NULL, &v), 0);
    CHECK_INT(v.i64, 1);
    CHECK_CODE(bide_runner_run_with(&r, context, adds_one, NULL, &v), 0);
    CHECK_INT(v.i64, 2);
    CHECK_CODE(bide_runner_run_with(&r, NULL, adds_one, NULL, &v), 0);
    CHECK_INT(v.i64, 2);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_CODE(bide_context_get(context, &var, &v), 0);
    CHECK_INT(v.i64, 2);
    bide_context_release(context);
}

static int var_of_main(void *arg) { return adds_one(NULL); }

TEST(runner_begins_with_a_copy_of_the_context_that_runs) {
    bide_runner r;
    bide_context_token token;
    bide_value v;
    CHECK_CODE(bide_context_var_set(&var, bide_i64(10), &token), 0);
    CHECK_CODE(bide_runner_init(&r, NULL), 0);
    CHECK_CODE(bide_context_var_reset(&var, &token), 0);
    CHECK_CODE(bide_runner_run(&r, var_of_main, NULL, &v), 0);
    CHECK_INT(v.i64, 11);
    CHECK_CODE(bide_runner_close(&r), 0);
}

/* ------------------------------------------------------------------ options, memory */

static bide_loop *counts_loops(void *count) {
    ++*(int *)count;
    return bide_new_event_loop();
}

static bide_loop *makes_none(void *count) {
    ++*(int *)count;
    if (*(int *)count == 1) bide_ignore(bide_raise(BIDE_EOS, "no loops today"));
    return *(int *)count == 1 ? NULL : bide_new_event_loop();
}

TEST(runner_takes_its_loop_from_the_factory_and_does_not_set_it) {
    int count = 0;
    bide_runner r;
    CHECK_CODE(bide_runner_init(&r, &(bide_runner_options){ .loop_factory = counts_loops, .arg = &count }), 0);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_INT(count, 1);
    CHECK(bide_get_event_loop() == NULL);
    CHECK_CODE(bide_runner_close(&r), 0);
}

TEST(runner_that_sets_no_loop_leaves_the_one_that_is_set) {
    int count = 0;
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    bide_runner r;
    CHECK_CODE(bide_runner_init(&r, &(bide_runner_options){ .loop_factory = counts_loops, .arg = &count }), 0);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK(bide_get_event_loop() == loop);
    bide_set_event_loop(NULL);
    bide_loop_release(loop);
}

TEST(runner_whose_factory_fails_answers_its_code_and_tries_again) {
    int count = 0;
    bide_runner r;
    CHECK_CODE(bide_runner_init(&r, &(bide_runner_options){ .loop_factory = makes_none, .arg = &count }), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "no loops today");
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_INT(count, 2);
    CHECK_CODE(bide_runner_close(&r), 0);
}

static int run_and_close(void) {
    bide_runner r = BIDE_RUNNER_INIT;
    const int rc = bide_runner_run(&r, nothing, NULL, NULL);
    CHECK_CODE(bide_runner_close(&r), 0);
    return rc;
}

TEST(runner_without_memory_answers_so) {
    bool failed = true;
    for (long n = 1; failed && n < 20; n++) {
        alloc_fail_at(n);
        const int rc = run_and_close();
        failed = alloc_failed();
        alloc_fail_at(0);
        CHECK(rc == 0 || (failed && rc == BIDE_ENOMEM));   /* a host may do without what it asks for */
        CHECK_INT(alloc_live(), 0);
    }
    CHECK(!failed);
}

static bide_task *lazy_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *factory_arg) {
    LOG(options->context ? "context" : "none");
    return bide_task_new(loop, options, fn, arg);
}

TEST(runner_makes_its_main_tasks_by_the_loops_factory) {
    bide_runner r = BIDE_RUNNER_INIT;
    bide_loop_set_task_factory(bide_runner_get_loop(&r), lazy_factory, NULL);
    CHECK_CODE(bide_runner_run(&r, note, "main", NULL), 0);
    CHECK_LOG("context main");
    CHECK_CODE(bide_runner_close(&r), 0);
}

/* This reference is weak, so it does not bring debug mode into the program; that of test_runner_debug.c does. */
/* The amalgamation has debug mode in any case. */
extern __typeof__(bide_loop_set_debug) bide_loop_set_debug __attribute__((weak));

TEST(runner_in_debug_mode_needs_a_program_that_has_it) {
    if (bide_loop_set_debug) return;
    bide_runner r;
    CHECK_CODE(bide_runner_init(&r, &(bide_runner_options){ .debug = true }), BIDE_ERUNTIME);
    CHECK(strstr(bide_last_message(), "--debug") != NULL);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_runner_close(&r), 0);
}

TEST_MAIN
