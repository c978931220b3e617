/* test_exception_handler.c -- errors that nobody else can get. */
#include "test.h"

static int logs(bide_loop *loop, const bide_exception_context *context, void *arg) {
    char line[200];
    snprintf(line, sizeof line, "[%s|%s|%s%s%s%s]", context->message, bide_error_name(context->code), context->error,
             context->future ? "|future" : "", context->handle ? "|handle" : "", arg ? "|arg" : "");
    LOG(line);
    return 0;
}

static int fails(void *arg) { return bide_raise(BIDE_EVALUE, "oh"); }
static int done_fails(bide_future *f, void *arg) { return bide_raise(BIDE_EKEY, NULL); }
static int foreign(void *arg) { return 5; }

TASK_TEST(handler_gets_errors_of_callbacks) {
    bide_loop_set_exception_handler(NULL, logs, "");
    bide_loop_call_soon(NULL, fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("[Exception in callback|ValueError|oh|handle|arg]");
    bide_loop_call_later(NULL, 1, fails, NULL);
    CHECK_CODE(bide_sleep(2), 0);
    CHECK_LOG("[Exception in callback|ValueError|oh|handle|arg]");
    return 0;
}

TASK_TEST(handler_can_be_asked_for) {
    CHECK(bide_loop_get_exception_handler(NULL) == NULL);
    bide_loop_set_exception_handler(NULL, logs, NULL);
    CHECK(bide_loop_get_exception_handler(NULL) == logs);
    bide_loop_set_exception_handler(NULL, NULL, NULL);
    CHECK(bide_loop_get_exception_handler(NULL) == NULL);
    return 0;
}

TASK_TEST(handler_gets_errors_of_done_callbacks) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, done_fails, NULL), 0);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("[Exception in callback|KeyError||future]");
    return 0;
}

TASK_TEST(handler_gets_foreign_numbers_as_value_errors) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    bide_loop_call_soon(NULL, foreign, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("[Exception in callback|ValueError|the function returned 5, no bide code; use bide_return_i64 for results|handle]");
    return 0;
}

TASK_TEST(handler_gets_a_tasks_error_when_its_last_reference_goes) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    bide_task *t = bide_create_task(fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("");
    bide_release(t);
    CHECK_LOG("[Task exception was never retrieved|ValueError|oh|future]");
    bide_release(bide_create_task(fails, NULL));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("[Task exception was never retrieved|ValueError|oh|future]");
    return 0;
}

TASK_TEST(handler_gets_a_futures_error_when_its_last_reference_goes) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_exception(f, BIDE_EKEY, "k"), 0);
    bide_release(f);
    CHECK_LOG("[Future exception was never retrieved|KeyError|k|future]");
    return 0;
}

TASK_TEST(handler_hears_nothing_of_retrieved_errors) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    CHECK_CODE(bide_join(bide_create_task(fails, NULL), NULL), BIDE_EVALUE);
    bide_task *t = bide_create_task(fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_future_exception(t, NULL), 0);
    bide_release(t);
    t = bide_create_task(fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_future_result(t, NULL), BIDE_EVALUE);
    bide_release(t);
    bide_task *cancelled = bide_create_task(fails, NULL);
    bide_task_cancel(cancelled);
    CHECK_CODE(bide_sleep(0), 0);
    bide_release(cancelled);
    CHECK_LOG("");
    return 0;
}

static bide_loop *watched(bide_exception_handler *handler) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, handler, NULL);
    return loop;
}

TEST(handler_gets_a_kept_error_when_the_loop_closes) {
    bide_loop *loop = watched(logs);
    bide_task *t = bide_loop_create_task(loop, fails, NULL);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, test_sleeper, NULL, NULL), 0);
    CHECK_LOG("");
    bide_loop_release(loop);
    CHECK_LOG("[Task exception was never retrieved|ValueError|oh|future]");
    bide_release(t);
    CHECK_LOG("");
}

TEST(handler_gets_pending_tasks_of_a_loop_that_closes) {
    bide_loop *loop = watched(logs);
    bide_task *started = bide_loop_create_task(loop, test_sleeper, &(double){ 5 });
    CHECK_CODE(bide_loop_run_until_complete_call(loop, test_sleeper, NULL, NULL), 0);
    bide_task *fresh = bide_loop_create_task(loop, test_sleeper, NULL);
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK_LOG("[Task was destroyed but it is pending!|||future] [Task was destroyed but it is pending!|||future]");
    bide_release(started);
    bide_release(fresh);
    bide_loop_release(loop);
}

static int refuses(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    return 0;
}

TASK_TEST(handler_can_be_replaced) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    bide_loop_set_exception_handler(NULL, refuses, NULL);
    bide_loop_call_soon(NULL, fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("Exception in callback");
    return 0;
}

TASK_TEST(handler_can_be_called_by_the_program) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    const bide_exception_context context = { "by hand", BIDE_EKEY, "k", NULL, NULL };
    bide_loop_call_exception_handler(NULL, &context);
    CHECK_LOG("[by hand|KeyError|k]");
    return 0;
}

static bide_future *saved;
static int saves(bide_loop *loop, const bide_exception_context *context, void *arg) {
    saved = bide_retain(context->future);
    return 0;
}

TASK_TEST(handler_may_retain_the_future_it_is_told_of) {
    bide_loop_set_exception_handler(NULL, saves, NULL);
    bide_release(bide_create_task(fails, NULL));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_future_result(saved, NULL), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "oh");
    bide_release(saved);
    return 0;
}

TASK_TEST(handler_hears_of_a_shielded_error_after_the_shield_was_cancelled) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    BIDE_AUTO bide_future *inner = bide_future_new(NULL), *shield = bide_shield(inner);
    CHECK(bide_future_cancel(shield));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_future_set_exception(inner, BIDE_EKEY, "late"), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("[KeyError exception in shielded future|KeyError|late|future]");
    return 0;
}

static int finds_no_memory(void *arg) { return bide_raise(BIDE_ENOMEM, NULL); }

TASK_TEST(handler_is_told_of_each_task_without_memory) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    for (int i = 0; i < 2; i++) bide_release(bide_create_task(finds_no_memory, NULL));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("[Task exception was never retrieved|MemoryError||future] [Task exception was never retrieved|MemoryError||future]");
    return 0;
}

static int fails_on_cancel(void *arg) {
    bide_ignore(bide_sleep(100));
    return bide_raise(BIDE_EOS, "clean-up");
}

static int leaves_one_behind(void *arg) {
    bide_loop_set_exception_handler(NULL, logs, NULL);
    bide_release(bide_create_task(fails_on_cancel, NULL));
    return bide_sleep(1);
}

TEST(handler_gets_errors_of_tasks_left_over_by_run) {
    CHECK_CODE(bide_run(leaves_one_behind, NULL, NULL), 0);
    CHECK_LOG("[unhandled exception during asyncio.run() shutdown|OSError|clean-up|future]");
}

TEST_MAIN
