/* test_setjmp.c -- setjmp and longjmp, with suspensions between them. */
#define _GNU_SOURCE
#include "test.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define I64(number) ((bide_value){ .kind = BIDE_I64, .i64 = (number) })

static jmp_buf jump_global;

__attribute__((noinline)) static void jump_back(jmp_buf env, int value) { longjmp(env, value); }

TEST(setjmp_in_main_gives_what_longjmp_was_given) {
    volatile int rounds = 0;
    int value = setjmp(jump_global);
    if (rounds++ < 3) jump_back(jump_global, value + 5);
    CHECK_INT(value, 15);
}

TEST(setjmp_gives_1_for_a_longjmp_with_0) {
    int value = setjmp(jump_global);
    if (value == 0) jump_back(jump_global, 0);
    CHECK_INT(value, 1);
}

TEST(setjmp_by_its_other_names) {
    sigjmp_buf env;
    volatile int seen = 0;
    int value = sigsetjmp(env, 1);
    if (value == 0) siglongjmp(env, 2);
    seen += value;
    value = _setjmp(jump_global);
    if (value == 0) _longjmp(jump_global, 3);
    CHECK_INT(seen + value, 5);
}

/* ---------------------------------------------------------------- with suspensions */

/* Suspends at the bottom of `depth` frames, and again before it jumps. */
__attribute__((noinline)) static void deep_jump(jmp_buf env, int depth, int value) {
    volatile char pad[32];
    pad[0] = (char)depth;
    if (depth > 0) {
        deep_jump(env, depth - 1, value);
        pad[1] = pad[0];
        return;
    }
    bide_ignore(bide_sleep(0.01));
    bide_ignore(bide_sleep(0));
    if (value != 0) longjmp(env, value);
}

static int jumps_three_times(void *id) {
    const int mine = *(int *)id;
    const double unchanged = mine * 1.5;
    jmp_buf env;
    volatile int tries = 0;
    int value = setjmp(env);
    if (tries < 3) {
        if (tries > 0 && value != mine + tries) return BIDE_EVALUE;
        tries++;
        BIDE_TRY(bide_sleep(0.001 * mine));         /* suspends in what runs after a jump, too */
        deep_jump(env, 5, mine + tries);
        return BIDE_ERUNTIME;
    }
    BIDE_TRY(bide_sleep(0.001));
    return unchanged == mine * 1.5 ? bide_return_i64(value) : BIDE_EVALUE;
}

TASK_TEST(longjmp_from_deep_calls_in_200_tasks_at_once) {
    bide_task *tasks[200];
    int64_t sum = 0;
    for (int i = 0; i < 200; i++) tasks[i] = bide_create_task_copy(jumps_three_times, &i, sizeof i);
    for (int i = 0; i < 200; i++) {
        bide_value v;
        CHECK_CODE(bide_join(tasks[i], &v), 0);
        sum += v.i64;
    }
    CHECK_INT(sum, 199 * 100 + 3 * 200);
    return 0;
}

/* A function that catches, between the jump and its target. */
__attribute__((noinline)) static int inner_try(jmp_buf outer, int n) {
    jmp_buf env;
    volatile int caught = 0;
    int value = setjmp(env);
    if (value == 0) {
        BIDE_TRY(bide_sleep(0.01));
        deep_jump(n % 2 ? env : outer, 2, n);
    }
    caught = value;
    BIDE_TRY(bide_sleep(0.01));
    return caught;
}

TASK_TEST(longjmp_goes_to_the_setjmp_of_its_buffer_past_others) {
    jmp_buf env;
    volatile int sum = 0, n = 0;
    int value = setjmp(env);
    if (value > 0) sum += 100 * value;
    while (n < 4) {
        n++;
        sum += inner_try(env, n);
    }
    CHECK_INT(sum, 1 + 3 + 100 * (2 + 4));
    return 0;
}

TASK_TEST(longjmp_of_two_setjmps_in_one_function) {
    jmp_buf first, second;
    volatile int passed = 0;
    int a = setjmp(first);
    BIDE_TRY(bide_sleep(0.01));
    int b = setjmp(second);
    BIDE_TRY(bide_sleep(0.01));
    if (passed == 0) passed = 1, deep_jump(second, 1, 7);
    if (passed == 1) passed = 2, CHECK_INT(b, 7), deep_jump(first, 1, 9);
    CHECK_INT(a, 9);
    CHECK_INT(b, 0);
    return 0;
}

static int waits_then_jumps(void *env) {
    int rc = bide_sleep(100);
    longjmp(*(jmp_buf *)env, rc == BIDE_ECANCELED ? 11 : 12);
}

static int cancelled_in_between(void *arg) {
    jmp_buf env;
    int value = setjmp(env);
    if (value == 0) return waits_then_jumps(&env);
    BIDE_TRY(bide_sleep(1));
    return bide_return_i64(value);
}

TASK_TEST(longjmp_after_a_cancellation) {
    bide_value v;
    bide_task *t = bide_create_task(cancelled_in_between, NULL);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, &v), 0);
    CHECK_INT(v.i64, 11);
    return 0;
}

/* ---------------------------------------------------------------- out of functions of the library */

#ifdef __wasm__
/* Natively nobody tells the core of a jump. */
static int called_and_jumps(void *env) {
    BIDE_TRY(bide_return_i64(1));
    return waits_then_jumps(env);
}

static int jumps_out_of_a_call(void *arg) {
    jmp_buf env;
    volatile int value = setjmp(env);
    if (value == 0) bide_ignore(bide_call(called_and_jumps, &env, NULL));
    return bide_return_i64(value);
}

TASK_TEST(longjmp_out_of_bide_call_gives_the_function_its_result_back) {
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(jumps_out_of_a_call, NULL), &v), 0);
    CHECK_INT(v.i64, 12);
    CHECK_CODE(bide_call(jumps_out_of_a_call, NULL, &v), 0);
    CHECK_INT(v.i64, 12);
    return 0;
}

static const bide_context_var jump_var = BIDE_CONTEXT_VAR("jump_var");

static int enters_and_jumps(void *env) {
    BIDE_TRY(bide_context_var_set(&jump_var, I64(5), NULL));
    return waits_then_jumps(env);
}

TASK_TEST(longjmp_out_of_contexts_leaves_them) {
    jmp_buf env;
    bide_value v;
    bide_context *context = bide_copy_context();
    CHECK_CODE(bide_context_var_set(&jump_var, I64(3), NULL), 0);
    for (volatile int i = 0; i < 2; i++) {          /* a context can be entered again */
        if (setjmp(env) == 0) bide_ignore(bide_context_run(context, enters_and_jumps, &env, NULL));
        CHECK_CODE(bide_context_var_get(&jump_var, &v), 0);
        CHECK_INT(v.i64, 3);
    }
    CHECK_CODE(bide_context_get(context, &jump_var, &v), 0);
    CHECK_INT(v.i64, 5);
    bide_context_release(context);
    return 0;
}

static int compare_and_jump(const bide_value *a, const bide_value *b, void *arg) {
    if (bide_sleep(0) != BIDE_ERUNTIME) return 0;
    longjmp(jump_global, 41);
}

TASK_TEST(longjmp_out_of_a_comparison_that_could_not_wait) {
    bide_queue q;
    CHECK_CODE(bide_priority_queue_init(&q, 0, compare_and_jump, NULL), 0);
    CHECK_CODE(bide_queue_put(&q, I64(2)), 0);
    volatile int value = setjmp(jump_global);
    if (value == 0) CHECK_CODE(bide_queue_put(&q, I64(1)), 0);
    CHECK_INT(value, 41);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_CODE(bide_call(jumps_out_of_a_call, NULL, NULL), 0);
    bide_queue_clear(&q);
    return 0;
}

#endif

static ssize_t stream_jumps(void *env, const char *data, size_t size) { longjmp(*(jmp_buf *)env, 21); }

static int jumps_out_of_printf(void *arg) {
    jmp_buf env;
    char text[64];
    FILE *stream = fopencookie(&env, "w", (cookie_io_functions_t){ .write = stream_jumps });
    if (!stream) return BIDE_ENOMEM;
    setvbuf(stream, NULL, _IONBF, 0);
    int value = setjmp(env);
    if (value == 0) fprintf(stream, "%.17g", 0.1);
    BIDE_TRY(bide_sleep(0.01));
    snprintf(text, sizeof text, "%.17g", 0.1);      /* libc's shared stack can be used again */
    return strcmp(text, "0.10000000000000001") == 0 ? bide_return_i64(value) : BIDE_EVALUE;
}

TASK_TEST(longjmp_out_of_printf) {
    for (int i = 0; i < 2; i++) {
        bide_value v;
        CHECK_CODE(bide_join(bide_create_task(jumps_out_of_printf, NULL), &v), 0);
        CHECK_INT(v.i64, 21);
    }
    return 0;
}

static int compare_jumps(const void *a, const void *b) { longjmp(jump_global, 31); }

TASK_TEST(longjmp_out_of_qsort) {
    int numbers[] = { 3, 1, 2 };
    int value = setjmp(jump_global);
    if (value == 0) qsort(numbers, 3, sizeof *numbers, compare_jumps);
    CHECK_INT(value, 31);
    return 0;
}

/* ---------------------------------------------------------------- on a generator's stack */

static int yields_between(void *arg) {
    jmp_buf env;
    volatile int i = 0;
    int value = setjmp(env);
    BIDE_TRY(bide_yield(I64(value), NULL));
    if (i++ < 3) deep_jump(env, 3, value + 10);
    return 0;
}

TASK_TEST(longjmp_in_an_asynchronous_generator) {
    bide_generator *g = bide_async_generator_new(yields_between, NULL);
    bide_value v;
    int64_t sum = 0;
    while (bide_generator_next(g, &v) == 0) sum += v.i64;
    CHECK_INT(sum, 10 + 20 + 30);
    bide_generator_release(g);
    return 0;
}

TEST_MAIN
