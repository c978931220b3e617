/* test_generator.c -- generators, plain and asynchronous, asked in each of their states. */
#include "test.h"

static int note_context(bide_loop *loop, const bide_exception_context *context, void *arg) {
    LOG(context->message);
    LOG(bide_error_name(context->code));
    return 0;
}

/* The next value, -1 if there is none; the code is noted. */
static int next_of(bide_generator *g) {
    bide_value v;
    const int rc = bide_generator_next(g, &v);
    if (rc != 0) LOG(bide_error_name(rc));
    return rc == 0 ? (int)v.i64 : -1;
}

static int count_to(void *limit) {
    LOG("begin");
    for (int i = 1; i <= *(int *)limit; i++) BIDE_TRY(bide_yield(bide_i64(i), NULL));
    LOG("end");
    return 0;
}

/* Yields 1, 2, …, and writes down what each bide_yield answers. */
static int tells(void *arg) {
    for (int i = 1;; i++) {
        bide_value sent;
        const int rc = bide_yield(bide_i64(i), &sent);
        if (rc == BIDE_EKEY && sent.kind == BIDE_NONE) {
            LOG(bide_last_message());
            continue;
        }
        if (rc != 0) {
            LOG(bide_error_name(rc));
            return rc;
        }
        LOG(sent.kind == BIDE_I64 ? "number" : sent.kind == BIDE_BYTES ? sent.bytes : "none");
        bide_value_clear(&sent);
    }
}

static int cleans_up_slowly(void *arg) {
    const int rc = bide_yield(bide_i64(1), NULL);
    BIDE_TRY(bide_sleep(1));
    LOG("cleaned up");
    return rc;
}

static int ignores_exit(void *arg) {
    for (int i = 1; i < 9; i++) bide_ignore(bide_yield(bide_i64(i), NULL));
    return 0;
}

static int yields_once_more(void *arg) {
    bide_ignore(bide_yield(bide_i64(1), NULL));
    return bide_yield(bide_i64(2), NULL);
}

/* ------------------------------------------------------------------ plain: next, send, throw, close */

TEST(generator_begins_when_it_is_asked_and_ends_for_good) {
    int two = 2;
    bide_generator *g = bide_generator_new(count_to, &two);
    CHECK_LOG("");
    CHECK_INT(next_of(g), 1);
    CHECK_INT(next_of(g), 2);
    CHECK_INT(next_of(g), -1);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("begin end StopIteration StopIteration");
    CHECK_CODE(bide_generator_close(g), 0);
    bide_generator_release(g);
}

TEST(generator_gets_what_is_sent) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(tells, NULL);
    bide_value v;
    CHECK_CODE(bide_generator_send(g, bide_bytes("x", 1), &v), BIDE_ETYPE);
    CHECK_CODE(bide_generator_send(g, (bide_value){ 0 }, &v), 0);
    CHECK_INT(v.i64, 1);
    CHECK_CODE(bide_generator_send(g, bide_i64(7), &v), 0);
    CHECK_CODE(bide_generator_send(g, bide_bytes("text", 4), &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK_CODE(bide_generator_next(g, NULL), 0);
    CHECK_LOG("number text none");
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_LOG("GeneratorExit");
    CHECK_CODE(bide_generator_send(g, bide_bytes("x", 1), &v), BIDE_ESTOP);
    CHECK_INT(v.kind, BIDE_NONE);
}

TEST(generator_is_not_sent_an_error_value) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(tells, NULL);
    CHECK_INT(next_of(g), 1);
    alloc_fail_at(1);
    const bide_value no_memory = bide_bytes("x", 1);
    CHECK_CODE(bide_generator_send(g, no_memory, NULL), BIDE_ENOMEM);
    CHECK_INT(next_of(g), 2);
    CHECK_LOG("none");
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_LOG("GeneratorExit");
}

TEST(generator_meets_what_is_thrown) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(tells, NULL);
    bide_value v;
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_throw(g, BIDE_EKEY, "thrown", &v), 0);
    CHECK_INT(v.i64, 2);
    CHECK_CODE(bide_generator_throw(g, BIDE_EVALUE, "fatal", &v), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "fatal");
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_LOG("thrown ValueError");
    CHECK_CODE(bide_generator_throw(g, BIDE_EVALUE, "late", &v), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "late");
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration");
}

TEST(generator_that_has_not_begun_is_ended_by_throw) {
    int one = 1;
    bide_generator *g = bide_generator_new(count_to, &one);
    CHECK_CODE(bide_generator_throw(g, BIDE_EKEY, NULL, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "");
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration");
    bide_generator_release(g);
}

TEST(generator_is_thrown_a_value_error_for_a_number_that_is_no_code) {
    int one = 1;
    bide_generator *g = bide_generator_new(count_to, &one);
    CHECK_CODE(bide_generator_throw(g, 5, NULL, NULL), BIDE_EVALUE);
    bide_generator_release(g);
    g = bide_generator_new(tells, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_throw(g, 0, NULL, NULL), BIDE_EVALUE);
    CHECK_LOG("ValueError");
    bide_generator_release(g);
}

TEST(generator_that_has_not_begun_never_runs_once_closed) {
    int one = 1;
    bide_generator *g = bide_generator_new(count_to, &one);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration");
    bide_generator_release(g);
}

TEST(generator_that_yields_while_it_is_closed_is_a_runtime_error) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(yields_once_more, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_close(g), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "generator ignored GeneratorExit");
    CHECK_CODE(bide_generator_close(g), 0);
}

static int fails_when_closed(void *arg) {
    bide_ignore(bide_yield(bide_i64(1), NULL));
    return bide_raise(BIDE_EOS, "disk %d", 3);
}

TEST(generator_that_fails_while_it_is_closed_tells_so) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(fails_when_closed, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_close(g), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "disk 3");
}

static int raises_key(void *arg) {
    BIDE_TRY(bide_yield(bide_i64(1), NULL));
    return bide_raise(BIDE_EKEY, "key %d", 3);
}

static int raises_stop(void *arg) { return bide_raise(BIDE_ESTOP, NULL); }
static int foreign(void *arg) { return 4; }

TEST(generator_passes_its_error_on_once) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(raises_key, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_next(g, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "key 3");
    CHECK_CODE(bide_generator_next(g, NULL), BIDE_ESTOP);
    CHECK_TEXT(bide_last_message(), "");
}

TEST(generator_that_raises_stop_is_a_runtime_error) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(raises_stop, NULL);
    CHECK_CODE(bide_generator_next(g, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "generator raised StopIteration");
    BIDE_AUTO_GENERATOR bide_generator *h = bide_generator_new(foreign, NULL);
    CHECK_CODE(bide_generator_next(h, NULL), BIDE_EVALUE);
}

static int yields_an_error(void *arg) {
    alloc_fail_at(1);
    CHECK_CODE(bide_yield(bide_bytes("x", 1), NULL), BIDE_ENOMEM);
    return bide_yield(bide_bytes("y", 1), NULL);
}

TEST(generator_yields_no_error_value) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(yields_an_error, NULL);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    CHECK_CODE(bide_generator_next(g, &v), 0);
    CHECK_TEXT(v.bytes, "y");
}

static bide_generator *self;

static int asks_itself(void *arg) {
    CHECK_CODE(bide_generator_next(self, NULL), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), "generator already executing");
    CHECK_CODE(bide_generator_throw(self, BIDE_EKEY, NULL, NULL), BIDE_EVALUE);
    CHECK_CODE(bide_generator_close(self), BIDE_EVALUE);
    return bide_yield(bide_i64(1), NULL);
}

TEST(generator_that_asks_itself_is_refused) {
    self = bide_generator_new(asks_itself, NULL);
    CHECK_INT(next_of(self), 1);
    bide_generator_release(self);
}

static int waits_and_yields(void *arg) {
    CHECK_CODE(bide_sleep(1), BIDE_ERUNTIME);
    return bide_yield(bide_i64(1), NULL);
}

TASK_TEST(generator_that_is_plain_may_not_wait) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(waits_and_yields, NULL);
    CHECK_INT(next_of(g), 1);
    return 0;
}

TEST(yield_outside_of_a_generator_is_refused) {
    bide_value sent = bide_i64(1);
    CHECK_CODE(bide_yield(bide_bytes("x", 1), &sent), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "not called from a generator");
    CHECK_INT(sent.kind, BIDE_NONE);
}

TASK_TEST(yield_in_a_task_is_refused) {
    CHECK_CODE(bide_yield(bide_i64(1), NULL), BIDE_ERUNTIME);
    return 0;
}

/* ------------------------------------------------------------------ NULL, options, memory */

TEST(generator_that_is_null_has_failed) {
    bide_value v = bide_i64(1);
    bide_ignore(bide_raise(BIDE_EOS, "why"));
    CHECK_CODE(bide_generator_next(NULL, &v), BIDE_EOS);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_generator_send(NULL, bide_bytes("x", 1), NULL), BIDE_EOS);
    CHECK_CODE(bide_generator_throw(NULL, BIDE_EKEY, NULL, NULL), BIDE_EOS);
    CHECK_CODE(bide_generator_close(NULL), BIDE_EOS);
    bide_generator_release(NULL);
    CHECK(bide_generator_retain(NULL) == NULL);
}

TEST(generator_owns_a_copy_of_its_argument) {
    int two = 2;
    bide_generator *g = bide_generator_new_with(&(bide_task_options){ .arg_size = sizeof two, .stack_size = 300 }, false, count_to, &two);
    two = 0;
    CHECK_INT(next_of(g), 1);
    CHECK_INT(next_of(g), 2);
    CHECK_LOG("begin");
    bide_generator_release(g);
    CHECK(bide_generator_new_with(&(bide_task_options){ .stack_size = SIZE_MAX }, false, count_to, &two) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_EVALUE);
    CHECK(bide_generator_new_with(&(bide_task_options){ .arg_size = SIZE_MAX }, true, count_to, &two) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_EVALUE);
}

TEST(generator_without_memory_is_null) {
    int one = 1;
    for (long n = 1, failed = 1; failed; n++) {
        alloc_fail_at(n);
        bide_generator *g = bide_generator_new_with(&(bide_task_options){ .arg_size = sizeof one }, false, count_to, &one);
        failed = alloc_failed();
        alloc_fail_at(0);
        CHECK(failed ? g == NULL && bide_last_error() == BIDE_ENOMEM : g != NULL && n > 1);
        bide_generator_release(g);
    }
}

/* ------------------------------------------------------------------ plain: dropped, nested, deep */

TEST(generator_dropped_unfinished_is_closed_at_once) {
    bide_generator *g = bide_generator_new(tells, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK(bide_generator_retain(g) == g);
    bide_generator_release(g);
    CHECK_LOG("");
    bide_generator_release(g);
    CHECK_LOG("GeneratorExit");
}

TASK_TEST(generator_that_fails_when_dropped_is_told_to_the_handler) {
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    bide_generator *g = bide_generator_new(fails_when_closed, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    CHECK_LOG("Exception ignored while closing a generator OSError");
    g = bide_generator_new(ignores_exit, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    CHECK_LOG("Exception ignored while closing a generator RuntimeError");
    return 0;
}

static int drops_itself(void *arg) {
    bide_generator_release(self);
    BIDE_TRY(bide_yield(bide_i64(1), NULL));
    LOG("never");
    return 0;
}

TEST(generator_may_drop_itself) {
    self = bide_generator_new(drops_itself, NULL);
    CHECK_INT(next_of(self), 1);
    CHECK_LOG("");
}

/* From n down to 1, a generator for each level. */
static int countdown(void *arg) {
    int n = *(int *)arg, less = n - 1;
    BIDE_TRY(bide_yield(bide_i64(n), NULL));
    if (n == 1) return 0;
    BIDE_AUTO_GENERATOR bide_generator *rest = bide_generator_new(countdown, &less);
    BIDE_FOR_EACH(v, rest) BIDE_TRY(bide_yield(bide_value_copy(v), NULL));
    return 0;
}

static int sum_of_countdown(bool is_async, int *sum) {
    int five = 5;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new_with(NULL, is_async, countdown, &five);
    BIDE_FOR_EACH(v, g) *sum = *sum * 10 + (int)v.i64;
    return 0;
}

TEST(generator_asks_generators) {
    int sum = 0;
    CHECK_CODE(sum_of_countdown(false, &sum), 0);
    CHECK_INT(sum, 54321);
}

static __attribute__((noinline)) int yield_deep(int depth) {
    if (depth == 0) return bide_yield(bide_i64(5), NULL);
    BIDE_TRY(yield_deep(depth - 1));
    BIDE_TRY(bide_yield(bide_i64(depth), NULL));
    return 0;
}

static int yields_deep(void *arg) { return yield_deep(4); }

TEST(generator_yields_at_any_depth) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(yields_deep, NULL);
    int order = 0;
    for (int v; (v = next_of(g)) > 0;) order = order * 10 + v;
    CHECK_INT(order, 51234);
    CHECK_LOG("StopIteration");
}

static int each_until(bide_generator *g, int last) {
    BIDE_FOR_EACH(v, g) {
        if (v.i64 == 2) continue;
        LOG("round");
        if (v.i64 == last) break;
        if (v.i64 == last + 10) return bide_raise(BIDE_EOS, NULL);
    }
    LOG("behind");
    return 0;
}

TEST(for_each_is_left_and_taken_up_again) {
    int nine = 9;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(count_to, &nine);
    CHECK_CODE(each_until(g, 3), 0);
    CHECK_LOG("begin round round behind");
    CHECK_INT(next_of(g), 4);
    CHECK_CODE(each_until(g, -5), BIDE_EOS);
    CHECK_LOG("round");
    CHECK_INT(next_of(g), 6);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_LOG("");
    CHECK_CODE(each_until(g, 3), 0);
    CHECK_LOG("behind");
}

static int note_exit(void *arg, int code) {
    LOG(bide_error_name(code));
    return code;
}

static int note_enter(void *arg) { return 0; }

static int each_in_a_block(bide_generator *g) {
    BIDE_WITH(note_enter, note_exit, NULL) {
        BIDE_FOR_EACH(v, g) LOG("round");
    }
    return 0;
}

TEST(for_each_passes_an_error_through_the_block_around_it) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(raises_key, NULL);
    CHECK_CODE(each_in_a_block(g), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "key 3");
    CHECK_LOG("round KeyError");
    bide_ignore(bide_raise(BIDE_EOS, NULL));
    CHECK_CODE(each_in_a_block(NULL), BIDE_EOS);
    CHECK_LOG("OSError");
}

static int yields_texts(void *arg) {
    for (int i = 0; i < 3; i++) BIDE_TRY(bide_yield(bide_bytes("text", 4), NULL));
    return 0;
}

static int each_text(bide_generator *g) {
    BIDE_FOR_EACH(v, g) {
        LOG(v.bytes);
        if (strlen(test_log) > 6) return 0;
    }
    return 0;
}

TEST(for_each_clears_its_item) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(yields_texts, NULL);
    CHECK_CODE(each_text(g), 0);
    CHECK_LOG("text text");
}

/* ------------------------------------------------------------------ asynchronous */

static int ticks(void *limit) {
    for (int i = 1; i <= *(int *)limit; i++) {
        BIDE_TRY(bide_sleep(1));
        BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
    return 0;
}

TASK_TEST(async_generator_waits_between_its_values) {
    int three = 3, sum = 0;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(ticks, &three);
    BIDE_FOR_EACH(v, g) {
        CHECK(bide_loop_time(NULL) == (double)v.i64);
        sum += (int)v.i64;
    }
    CHECK_INT(sum, 6);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration");
    return 0;
}

TASK_TEST(async_generator_is_sent_thrown_and_closed) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(tells, NULL);
    bide_value v;
    CHECK_CODE(bide_generator_send(g, bide_i64(1), &v), BIDE_ETYPE);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_send(g, bide_bytes("text", 4), &v), 0);
    CHECK_INT(v.i64, 2);
    CHECK_CODE(bide_generator_throw(g, BIDE_EKEY, "thrown", &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_CODE(bide_generator_throw(g, BIDE_EKEY, NULL, &v), BIDE_ESTOP);
    CHECK_LOG("text thrown GeneratorExit");
    return 0;
}

TASK_TEST(async_generator_that_has_not_begun_is_ended_by_throw_and_close) {
    int one = 1;
    bide_generator *g = bide_async_generator_new(count_to, &one);
    CHECK_CODE(bide_generator_throw(g, BIDE_EKEY, "k", NULL), BIDE_EKEY);
    CHECK_INT(next_of(g), -1);
    bide_generator_release(g);
    g = bide_async_generator_new(count_to, &one);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration StopIteration");
    bide_generator_release(g);
    return 0;
}

TASK_TEST(async_generator_passes_its_error_on) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(raises_key, NULL), *h = bide_async_generator_new(raises_stop, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_next(g, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "key 3");
    CHECK_CODE(bide_generator_next(h, NULL), BIDE_ERUNTIME);
    return 0;
}

TASK_TEST(async_generator_that_yields_while_it_is_closed_is_a_runtime_error) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_once_more, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_close(g), BIDE_ERUNTIME);
    CHECK_CODE(bide_generator_close(g), 0);
    return 0;
}

TEST(async_generator_outside_of_a_task_is_refused) {
    int one = 1;
    bide_generator *g = bide_async_generator_new(ticks, &one);
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_generator_next(g, &v), BIDE_ERUNTIME);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_generator_send(g, bide_bytes("x", 1), NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_generator_throw(g, BIDE_EKEY, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_generator_close(g), 0);
    bide_generator_release(g);
}

static int asks_itself_in_time(void *arg) {
    BIDE_TRY(bide_sleep(1));
    CHECK_CODE(bide_generator_next(self, NULL), BIDE_ERUNTIME);
    return bide_yield(bide_i64(1), NULL);
}

TASK_TEST(async_generator_that_asks_itself_is_refused) {
    self = bide_async_generator_new(asks_itself_in_time, NULL);
    CHECK_INT(next_of(self), 1);
    CHECK_CODE(bide_generator_close(self), 0);
    bide_generator_release(self);
    return 0;
}

static int asks(void *g) { return bide_generator_next(g, NULL); }

TASK_TEST(async_generator_asked_by_two_tasks_refuses_the_second) {
    int three = 3;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(ticks, &three);
    BIDE_AUTO bide_task *a = bide_create_task(asks, g), *b = bide_create_task(asks, g);
    CHECK_CODE(bide_await(b, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "asynchronous generator is already running");
    CHECK_CODE(bide_generator_close(g), BIDE_ERUNTIME);
    CHECK_CODE(bide_await(a, NULL), 0);
    CHECK_CODE(bide_join(bide_create_task(asks, g), NULL), 0);
    CHECK_INT(next_of(g), 3);
    CHECK(bide_loop_time(NULL) == 3);
    return bide_generator_close(g);
}

TASK_TEST(async_generator_is_struck_by_the_cancellation_of_the_task_that_asks) {
    int three = 3;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(ticks, &three);
    bide_task *t = bide_create_task(asks, g);
    CHECK_CODE(bide_sleep(0.5), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration");
    return 0;
}

static int swallows_cancellation(void *arg) {
    for (int i = 0;; i++) {
        const int rc = bide_sleep(1);
        if (rc == BIDE_ECANCELED) LOG("swallowed");
        BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
}

TASK_TEST(async_generator_may_swallow_a_cancellation_and_go_on) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(swallows_cancellation, NULL);
    bide_task *t = bide_create_task(asks, g);
    CHECK_CODE(bide_sleep(0.5), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_INT(next_of(g), 1);
    CHECK_LOG("swallowed");
    return bide_generator_close(g);
}

static int sleeps_in_plain_generators_task(void *arg) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(count_to, arg);
    BIDE_FOR_EACH(v, g) {
        BIDE_TRY(bide_sleep(1));
        BIDE_TRY(bide_yield(bide_i64(v.i64 * 10), NULL));
    }
    return 0;
}

TASK_TEST(async_generator_asks_generators_of_both_kinds) {
    int sum = 0, two = 2;
    CHECK_CODE(sum_of_countdown(true, &sum), 0);
    CHECK_INT(sum, 54321);
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(sleeps_in_plain_generators_task, &two);
    CHECK_INT(next_of(g), 10);
    CHECK_INT(next_of(g), 20);
    CHECK(bide_loop_time(NULL) == 2);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("begin end StopIteration");
    return 0;
}

/* Async generators in each other: each level waits, then passes the value of the next one on. */
static int nested_ticks(void *arg) {
    int depth = *(int *)arg, less = depth - 1;
    if (depth == 0) return bide_yield(bide_i64(1), NULL);
    BIDE_AUTO_GENERATOR bide_generator *inner = bide_async_generator_new(nested_ticks, &less);
    BIDE_FOR_EACH(v, inner) {
        BIDE_TRY(bide_sleep(1));
        BIDE_TRY(bide_yield(bide_i64(v.i64 + 1), NULL));
    }
    return bide_generator_close(inner);
}

TASK_TEST(async_generators_nest_and_wait_at_each_level) {
    int three = 3;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(nested_ticks, &three);
    CHECK_INT(next_of(g), 4);
    CHECK(bide_loop_time(NULL) == 3);
    CHECK_INT(next_of(g), -1);
    CHECK_LOG("StopIteration");
    return 0;
}

TASK_TEST(async_generators_that_nest_are_struck_together) {
    int three = 3;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(nested_ticks, &three);
    bide_task *t = bide_create_task(asks, g);
    CHECK_CODE(bide_sleep(1.5), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    return 0;
}

static int child(void *arg) { return bide_return_i64(7); }

static int makes_tasks(void *arg) {
    bide_value v;
    BIDE_TRY(bide_join(bide_create_task(child, NULL), &v));
    BIDE_TRY(bide_yield(v, NULL));
    BIDE_TRY(bide_call(child, NULL, &v));
    BIDE_TRY(bide_yield(v, NULL));
    BIDE_TRY(bide_return_i64(99));
    return bide_yield(bide_i64(3), NULL);
}

TASK_TEST(async_generator_has_a_result_slot_of_its_own) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(makes_tasks, NULL);
    CHECK_INT(next_of(g), 7);
    CHECK_INT(next_of(g), 7);
    CHECK_INT(next_of(g), 3);
    return bide_generator_close(g);
}

static int asks_and_returns(void *g) {
    CHECK_INT(next_of(g), 7);
    CHECK_INT(next_of(g), 7);
    CHECK_CODE(bide_return_i64(1), 0);
    CHECK_INT(next_of(g), 3);
    return 0;
}

TASK_TEST(async_generator_leaves_the_result_of_who_asks_alone) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(makes_tasks, NULL);
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(asks_and_returns, g), &v), 0);
    CHECK_INT(v.i64, 1);
    return bide_generator_close(g);
}

/* ------------------------------------------------------------------ asynchronous: left unfinished */

TASK_TEST(async_generator_dropped_unfinished_is_closed_by_a_task) {
    bide_generator *g = bide_async_generator_new(cleans_up_slowly, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    CHECK_LOG("");
    CHECK_CODE(bide_sleep(0.5), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("cleaned up");
    return 0;
}

static int fails_to_clean_up(void *arg) {
    bide_ignore(bide_yield(bide_i64(1), NULL));
    return bide_raise(BIDE_EOS, "disk");
}

TASK_TEST(async_generator_that_fails_when_dropped_is_told_to_the_handler) {
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    bide_generator *g = bide_async_generator_new(fails_to_clean_up, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    for (int i = 0; i < 4; i++) CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("Task exception was never retrieved OSError");
    return 0;
}

static int closer_is_cancelled(void *arg) {
    bide_generator *g = bide_async_generator_new(cleans_up_slowly, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    CHECK_CODE(bide_sleep(0), 0);
    bide_task *all[2];
    CHECK_INT(bide_all_tasks(NULL, all, 2), 2);
    bide_task_cancel(all[1]);
    bide_release_all(all, 2);
    return 0;
}

TEST(async_generator_whose_closing_task_was_cancelled_is_closed_at_the_end_of_the_run) {
    CHECK_CODE(bide_run(closer_is_cancelled, NULL, NULL), 0);
    CHECK_LOG("cleaned up");
}

static int leaves_some(void *arg) {
    bide_generator **kept = arg;
    for (int i = 0; i < 3; i++) {
        kept[i] = bide_async_generator_new(i == 1 ? fails_to_clean_up : cleans_up_slowly, NULL);
        CHECK_INT(next_of(kept[i]), 1);
    }
    bide_loop_set_exception_handler(NULL, note_context, NULL);
    return 0;
}

static void release_three(bide_generator **kept) {
    for (int i = 0; i < 3; i++) bide_generator_release(kept[i]);
}

TEST(async_generators_left_are_closed_at_the_end_of_a_run) {
    bide_generator *kept[3];
    CHECK_CODE(bide_run(leaves_some, kept, NULL), 0);
    CHECK_LOG("cleaned up cleaned up an error occurred during closing of asynchronous generator OSError");
    CHECK_CODE(bide_generator_next(kept[0], NULL), BIDE_ESTOP);
    release_three(kept);
}

TEST(async_generators_are_closed_by_shutdown) {
    bide_generator *kept[3];
    bide_loop *loop = bide_new_event_loop();
    CHECK_CODE(bide_loop_run_until_complete_call(loop, leaves_some, kept, NULL), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_loop_shutdown_asyncgens(loop), 0);
    CHECK_LOG("cleaned up cleaned up an error occurred during closing of asynchronous generator OSError");
    CHECK_CODE(bide_loop_shutdown_asyncgens(loop), 0);
    release_three(kept);
    bide_loop_release(loop);
    CHECK_CODE(bide_loop_shutdown_asyncgens(NULL), BIDE_ERUNTIME);
}

static int drops_one(void *arg) {
    bide_generator *g = bide_async_generator_new(cleans_up_slowly, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    return 0;
}

TEST(async_generator_dropped_before_a_shutdown_is_closed_once) {
    bide_loop *loop = bide_new_event_loop();
    CHECK_CODE(bide_loop_run_until_complete_call(loop, drops_one, NULL, NULL), 0);
    CHECK_CODE(bide_loop_shutdown_asyncgens(loop), 0);
    CHECK_LOG("cleaned up");
    bide_loop_release(loop);
}

static int stops_and_drops_one(void *arg) {
    bide_generator *g = bide_async_generator_new(cleans_up_slowly, NULL);
    CHECK_INT(next_of(g), 1);
    bide_loop_stop(NULL);
    bide_generator_release(g);
    return 0;
}

TEST(async_generator_dropped_just_before_a_shutdown_is_closed_by_that) {
    bide_loop *loop = bide_new_event_loop();
    bide_task *t = bide_loop_create_task(loop, stops_and_drops_one, NULL);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_CODE(bide_loop_shutdown_asyncgens(loop), 0);
    CHECK_LOG("cleaned up");
    bide_release(t);
    bide_loop_release(loop);
}

static int shuts_down(void *arg) {
    bide_generator *g = bide_async_generator_new(cleans_up_slowly, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_loop_shutdown_asyncgens(NULL), BIDE_ERUNTIME);
    int rc = bide_generator_close(g);
    bide_generator_release(g);
    return rc;
}

TEST(async_generators_are_not_shut_down_while_the_loop_runs) {
    CHECK_CODE(bide_run(shuts_down, NULL, NULL), 0);
    CHECK_LOG("cleaned up");
}

TEST(async_generators_left_in_a_loop_that_closes_are_freed_without_clean_up) {
    bide_generator *kept[3];
    bide_loop *loop = bide_new_event_loop();
    CHECK_CODE(bide_loop_run_until_complete_call(loop, leaves_some, kept, NULL), 0);
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK_CODE(bide_generator_close(kept[1]), BIDE_ERUNTIME);
    release_three(kept);
    bide_loop_release(loop);
    CHECK_LOG("");
}

static int stops_inside(void *arg) {
    BIDE_TRY(bide_yield(bide_i64(1), NULL));
    bide_loop_stop(NULL);
    BIDE_TRY(bide_sleep(5));
    LOG("never");
    return 0;
}

static int passes_on(void *inner) {
    BIDE_FOR_EACH(v, inner) BIDE_TRY(bide_yield(bide_value_copy(v), NULL));
    return 0;
}

static int asks_twice(void *g) {
    BIDE_TRY(bide_generator_next(g, NULL));
    return bide_generator_next(g, NULL);
}

TEST(async_generators_that_run_when_their_loop_closes_end_there) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, note_context, NULL);
    bide_generator *inner = bide_async_generator_new(stops_inside, NULL), *outer = bide_async_generator_new(passes_on, inner);
    bide_task *t = bide_loop_create_task(loop, asks_twice, outer);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK_LOG("Task was destroyed but it is pending! ");
    CHECK_CODE(bide_generator_next(outer, NULL), BIDE_ESTOP);
    CHECK_CODE(bide_generator_close(inner), 0);
    bide_generator_release(outer);
    bide_generator_release(inner);
    bide_release(t);
    bide_loop_release(loop);
}

TEST(async_generator_goes_on_in_another_loop_when_its_own_is_closed) {
    int two = 2;
    bide_generator *g = bide_async_generator_new(ticks, &two);
    for (int i = 0; i < 3; i++) {
        bide_loop *loop = bide_new_event_loop();
        CHECK_CODE(bide_loop_run_until_complete_call(loop, asks, g, NULL), i < 2 ? 0 : BIDE_ERUNTIME);
        bide_loop_release(loop);
    }
    bide_generator_release(g);
}

/* ------------------------------------------------------------------ memory at the end */

static int drops_without_memory(void *arg) {
    bide_generator *g = bide_async_generator_new(cleans_up_slowly, NULL);
    CHECK_INT(next_of(g), 1);
    bide_generator_release(g);
    alloc_fail_at(1);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(alloc_failed());
    alloc_fail_at(0);
    return 0;
}

TEST(async_generator_dropped_without_memory_is_closed_at_the_end_of_the_run) {
    CHECK_CODE(bide_run(drops_without_memory, NULL, NULL), 0);
    CHECK_LOG("cleaned up");
}

TEST(async_generators_are_shut_down_with_any_allocation_failing) {
    bool failed = true;
    for (long n = 1; failed; n++) {
        bide_generator *kept[3];
        bide_loop *loop = bide_new_event_loop();
        CHECK_CODE(bide_loop_run_until_complete_call(loop, leaves_some, kept, NULL), 0);
        alloc_fail_at(n);
        const int rc = bide_loop_shutdown_asyncgens(loop);
        failed = alloc_failed();
        alloc_fail_at(0);
        CHECK(rc == 0 || rc == BIDE_ENOMEM);
        release_three(kept);
        bide_loop_release(loop);
        CHECK_INT(alloc_live(), 0);
        CHECK(n < 50);
    }
    test_log[0] = '\0';
}

/* ------------------------------------------------------------------ blocks and groups inside */

static int in_a_group(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) {
        bide_task_group_create_task(&g, child, NULL);
        BIDE_TRY(bide_yield(bide_i64(1), NULL));
    }
    LOG("behind the group");
    return 0;
}

TASK_TEST(async_generator_closed_inside_of_a_group_ends_with_it) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(in_a_group, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_CODE(bide_generator_close(g), BIDE_EGROUP);
    BIDE_AUTO_VALUE bide_value group = bide_last_error_value(), members = bide_error_members(group);
    CHECK_INT(members.count, 1);
    CHECK_INT(members.items[0].code, BIDE_EEXIT);
    CHECK_LOG("");
    return 0;
}

static int block_sleeps(void *arg) { return bide_sleep(1); }

static int block_exit(void *arg, int code) {
    BIDE_TRY(bide_sleep(1));
    LOG(bide_error_name(code));
    return code;
}

static int yields_in_a_block(void *arg) {
    BIDE_WITH(block_sleeps, block_exit, NULL) {
        for (int i = 1;; i++) BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
    return 0;
}

TASK_TEST(async_generator_closed_inside_of_a_block_runs_its_exit) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yields_in_a_block, NULL);
    CHECK_INT(next_of(g), 1);
    CHECK_INT(next_of(g), 2);
    CHECK_CODE(bide_generator_close(g), 0);
    CHECK_LOG("GeneratorExit");
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

/* ------------------------------------------------------------------ context */

static bide_context_var var = BIDE_CONTEXT_VAR_I64("var", 0);

static int var_now(void) {
    bide_value v;
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    return (int)v.i64;
}

static int yields_var(void *arg) {
    for (;;) {
        const int seen = var_now();
        CHECK_CODE(bide_context_var_set(&var, bide_i64(seen + 100), NULL), 0);
        BIDE_TRY(bide_yield(bide_i64(seen), NULL));
    }
}

TASK_TEST(generator_runs_in_the_context_of_who_asks) {
    for (int is_async = 0; is_async < 2; is_async++) {
        BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new_with(NULL, is_async, yields_var, NULL);
        CHECK_CODE(bide_context_var_set(&var, bide_i64(1), NULL), 0);
        CHECK_INT(next_of(g), 1);
        CHECK_INT(var_now(), 101);
        CHECK_CODE(bide_context_var_set(&var, bide_i64(2), NULL), 0);
        CHECK_INT(next_of(g), 2);
        CHECK_CODE(bide_generator_close(g), 0);
    }
    return 0;
}

static int yield_here(void *arg) {
    const int rc = bide_yield(bide_bytes("never", 5), NULL);
    CHECK_CODE(rc, BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "yield inside of bide_context_run");
    return 0;
}

static int yields_in_a_context(void *context) {
    BIDE_TRY(bide_context_run(context, yield_here, NULL, NULL));
    return bide_yield(bide_i64(1), NULL);
}

static int asks_in_a_context(void *g) {
    CHECK_INT(next_of(g), 1);
    return 0;
}

TASK_TEST(generator_does_not_yield_out_of_a_context) {
    bide_context *context = bide_copy_context(), *other = bide_copy_context();
    for (int is_async = 0; is_async < 2; is_async++) {
        BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new_with(NULL, is_async, yields_in_a_context, context);
        CHECK_INT(next_of(g), 1);
        BIDE_AUTO_GENERATOR bide_generator *h = bide_generator_new_with(NULL, is_async, yields_in_a_context, context);
        CHECK_CODE(bide_context_run(other, asks_in_a_context, h, NULL), 0);
        CHECK_CODE(bide_generator_close(g), 0);
        CHECK_CODE(bide_generator_close(h), 0);
    }
    bide_context_release(context);
    bide_context_release(other);
    return 0;
}

TEST_MAIN
