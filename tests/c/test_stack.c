/* test_stack.c -- stacks: sizes, deep calls, the high-water mark, callbacks of libc on the way. */
#include "test.h"

#include <stdlib.h>

/* Suspends at the bottom of `depth` frames; each keeps a number over the suspension. */
__attribute__((noinline)) static long descend(int depth) {
    if (depth == 0) return bide_sleep(1);
    const long below = descend(depth - 1);
    return below < 0 ? below : below + 1;
}

static int descends(void *depth) {
    const long frames = descend(*(int *)depth);
    return frames < 0 ? (int)frames : bide_return_i64(frames);
}

TASK_TEST(stack_of_10000_frames_is_left_and_entered_again) {
    int depth = 10000;
    const bide_task_options large = { .stack_size = 2 << 20 };
    bide_value v;
    BIDE_AUTO bide_task *a = bide_create_task_with(&large, descends, &depth), *b = bide_create_task_with(&large, descends, &depth);
    CHECK_CODE(bide_await(a, &v), 0);
    CHECK_INT(v.i64, 10000);
    CHECK_CODE(bide_await(b, &v), 0);
    CHECK_INT(v.i64, 10000);
    CHECK(bide_task_stack_used(a) >= 10000 * 8);
    CHECK(bide_loop_time(NULL) == 1);
    return 0;
}

static int prints(char *text, size_t size, int depth) {
    volatile char locals[64];
    memset((char *)locals, depth, sizeof locals);
    int rc = depth > 0 ? prints(text, size, depth - 1) : bide_sleep(1);
    if (rc == 0 && depth == 0) snprintf(text, size, "%.17g", 0.1);
    return rc != 0 || locals[63] != depth ? BIDE_EVALUE : 0;
}

static int prints_six_deep(void *arg) {
    char text[64];
    BIDE_TRY(prints(text, sizeof text, 6));
    return bide_return_text("%s", text);
}

TASK_TEST(stack_default_survives_printf_of_a_double_six_calls_deep) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    CHECK_CODE(bide_join(bide_create_task(prints_six_deep, NULL), &v), 0);
    CHECK_TEXT(v.bytes, "0.10000000000000001");
    return 0;
}

static int reads_numbers(void *arg) {
    double number = 0;
    int count = sscanf("2.5e3 7", "%lf", &number);
    BIDE_TRY(bide_sleep(0));
    return bide_return_f64(count == 1 ? number + strtod("0.25", NULL) : -1);
}

TASK_TEST(stack_default_survives_scanf_and_strtod) {
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(reads_numbers, NULL), &v), 0);
    CHECK(v.f64 == 2500.25);
    return 0;
}

static int comparisons;
static int compare_slowly(const void *a, const void *b) {
    comparisons++;
    bide_ignore(bide_sleep(1));
    return *(const int *)a - *(const int *)b;
}

static int sorts(void *numbers) {
    qsort(numbers, 6, sizeof(int), compare_slowly);
    return 0;
}

TASK_TEST(stack_with_qsort_on_it_is_left_and_entered_again) {
    int a[] = { 5, 3, 6, 1, 4, 2 }, b[] = { 9, 8, 7, 6, 5, 4 };
    comparisons = 0;
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(sorts, a), bide_create_task(sorts, b)), false, NULL), 0);
    for (int i = 0; i < 6; i++) CHECK(a[i] == i + 1 && b[i] == i + 4);
    CHECK(bide_loop_time(NULL) >= 5);
    CHECK(bide_loop_time(NULL) < comparisons);
    return 0;
}

static int searches(void *arg) {
    static const int sorted[] = { 1, 3, 5, 7, 9, 11, 13 };
    const int key = 9;
    const int *found = bsearch(&key, sorted, 7, sizeof key, compare_slowly);
    return bide_return_i64(found ? found - sorted : -1);
}

TASK_TEST(stack_with_bsearch_on_it_is_left_and_entered_again) {
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(searches, NULL), &v), 0);
    CHECK_INT(v.i64, 4);
    return 0;
}

static int sleeps_through_pointer(void *arg) {
    int (*volatile sleep)(double) = bide_sleep;
    double local = *(double *)arg;
    BIDE_TRY(sleep(local));
    return bide_return_f64(local);
}

TASK_TEST(stack_with_indirect_calls_keeps_its_locals) {
    bide_task *ts[20];
    BIDE_AUTO_VALUE bide_value list = { 0 };
    for (int i = 0; i < 20; i++) ts[i] = bide_create_task_copy(sleeps_through_pointer, BIDE_ARGS(double, 20.0 - i));
    CHECK_CODE(bide_gather_join(ts, 20, false, &list), 0);
    for (int i = 0; i < 20; i++) CHECK(list.items[i].f64 == 20.0 - i);
    return 0;
}

TASK_TEST(stack_used_is_none_before_a_suspension_and_grows) {
    int shallow = 1, deep = 50;
    BIDE_AUTO bide_task *a = bide_create_task(descends, &shallow), *b = bide_create_task(descends, &deep);
    CHECK_INT(bide_task_stack_used(a), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_task_stack_used(a) > 0);
    CHECK(bide_task_stack_used(b) > bide_task_stack_used(a));
    CHECK_CODE(bide_sleep(2), 0);
    CHECK(bide_task_stack_used(b) > bide_task_stack_used(a));
    BIDE_AUTO bide_task *never = bide_create_task(test_sleeper, NULL);
    bide_task_cancel(never);
    CHECK_CODE(bide_await(never, NULL), BIDE_ECANCELED);
    CHECK_INT(bide_task_stack_used(never), 0);
    return 0;
}

static int sleeps_a_little(void *arg) { return bide_sleep(1); }

TASK_TEST(stack_of_odd_and_smallest_sizes_works) {
    static const size_t sizes[] = { 1, BIDE_STACK_MIN, BIDE_STACK_MIN + 1, 513, 4097, 65535, 1 << 20 };
    bide_task *ts[7];
    for (int i = 0; i < 7; i++) ts[i] = bide_create_task_with(&(bide_task_options){ .stack_size = sizes[i] }, sleeps_a_little, NULL);
    CHECK_CODE(bide_gather_join(ts, 7, false, NULL), 0);
    return 0;
}

TASK_TEST(stacks_of_many_tasks_do_not_mix) {
    enum { MANY = 1000 };
    static bide_task *ts[MANY];
    BIDE_AUTO_VALUE bide_value list = { 0 };
    for (int i = 0; i < MANY; i++) ts[i] = bide_create_task_copy(sleeps_through_pointer, BIDE_ARGS(double, i % 7));
    CHECK_CODE(bide_gather_join(ts, MANY, false, &list), 0);
    for (int i = 0; i < MANY; i++) CHECK(list.items[i].f64 == i % 7);
    return 0;
}

TEST_MAIN
