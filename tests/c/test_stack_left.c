/* test_stack_left.c -- how much stack there is left, and how much was used, in debug mode also between two switches. */
#include "test.h"

/* Recurses until fewer than `reserve` bytes are left; answers how deep. */
__attribute__((noinline)) static int recurse(size_t reserve, volatile char *up) {
    volatile char frame[200];
    frame[0] = up ? up[0] : 1;
    return bide_stack_left() < reserve ? 0 : recurse(reserve, frame) + frame[0];
}

static int guarded(void *depth) {
    size_t before = bide_stack_left();
    *(int *)depth = recurse(2048, NULL);
    CHECK(bide_stack_left() == before);
    BIDE_TRY(bide_sleep(0));
    CHECK(bide_stack_left() == before);
    CHECK_INT(recurse(2048, NULL), *(int *)depth);
    return 0;
}

/* A recursion that has a guard ends in time, on stacks of all sizes. */
TASK_TEST(stack_left_tells_when_to_end_a_recursion) {
    int depth[3];
    for (int i = 0; i < 3; i++) {
        bide_task_options o = { .stack_size = (size_t)32768 << i };
        CHECK_CODE(bide_join(bide_create_task_with(&o, guarded, &depth[i]), NULL), 0);
        CHECK(depth[i] > 0);
    }
    CHECK(depth[2] > depth[1]);
    return 0;
}

TEST(stack_left_in_main) {
    size_t all = bide_stack_left();
    CHECK(all > 16384);
    CHECK(recurse(all - 4096, NULL) > 0);
}

static int left_in_callback(void *left) {
    *(size_t *)left = bide_stack_left();
    return 0;
}

static int left_in_generator(void *left) {
    *(size_t *)left = bide_stack_left();
    return bide_yield(bide_i64(1), NULL);
}

TASK_TEST(stack_left_in_callbacks_and_generators) {
    size_t in_callback = 0, in_generator = 0, here = bide_stack_left();
    bide_loop_call_soon(NULL, left_in_callback, &in_callback);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(in_callback > 0 && in_callback != here);
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new_with(&(bide_task_options){ .stack_size = 65536 }, false, left_in_generator, &in_generator);
    CHECK_CODE(bide_generator_next(g, NULL), 0);
    CHECK(in_generator > 32768 && bide_stack_left() == here);
    return 0;
}

/* ---------------------------------------------------------------- used */

__attribute__((noinline)) static int deep(int n, volatile char *up) {
    volatile char frame[1000];
    frame[0] = up ? up[0] : 1;
    return n > 0 ? deep(n - 1, frame) + frame[0] : 0;
}

static int deep_between(void *suspends) {
    if (suspends) BIDE_TRY(bide_sleep(0));
    CHECK_INT(deep(10, NULL), 10);
    return suspends ? bide_sleep(0) : 0;
}

static size_t used_by(void *suspends) {
    BIDE_AUTO bide_task *t = bide_create_task(deep_between, suspends);
    CHECK_CODE(bide_await(t, NULL), 0);
    return bide_task_stack_used(t);
}

TASK_TEST(stack_used_between_two_switches_is_seen_in_debug_mode) {
    int any;
    CHECK(used_by(&any) < 11000);
    CHECK_INT((long long)used_by(NULL), 0);
    bide_loop_set_debug(NULL, true);
    const size_t most = sizeof(void *) == 4 ? BIDE_STACK_SIZE : 256 * 1024;
    CHECK(used_by(&any) > 11000 && used_by(&any) < most);
    CHECK(used_by(NULL) > 11000 && used_by(NULL) < most);
    bide_loop_set_debug(NULL, false);
    return 0;
}

static int looks_at_itself(void *arg) {
    CHECK_INT(deep(5, NULL), 5);
    CHECK(bide_task_stack_used(bide_current_task()) > 5000);
    return 0;
}

TASK_TEST(stack_used_of_the_running_task_is_seen_in_debug_mode) {
    bide_loop_set_debug(NULL, true);
    CHECK_CODE(bide_join(bide_create_task(looks_at_itself, NULL), NULL), 0);
    bide_loop_set_debug(NULL, false);
    return 0;
}

TEST_MAIN
