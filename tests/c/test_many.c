/* test_many.c -- thousands of tasks, whose frames may stand elsewhere than in their stacks. Each must find its own again. */
#include "test.h"

enum { MANY = 2500 };

static bide_task *ts[MANY];

/* Suspends at the bottom of `depth` frames, which keep numbers of all sizes over the suspension. */
__attribute__((noinline)) static double descend(int depth, int64_t wide) {
    const double half = depth / 2.0;
    if (depth == 0) return bide_sleep(0) == 0 ? (double)wide : -1e9;
    return descend(depth - 1, wide + ((int64_t)1 << 40)) - (double)((int64_t)1 << 40) + half - depth / 2.0;
}

typedef struct { int depth, step, turns; } course;

/* Suspends at a depth that changes from turn to turn. */
static int suspends(void *arg) {
    const course c = *(course *)arg;
    double sum = 0;
    for (int i = 0; i < c.turns; i++) sum += descend((c.depth + i * c.step) % 40, i);
    return bide_return_f64(sum);
}

/* Run tasks that `of` describes, and check that each has its own result. */
static int run_all(course (*of)(int i)) {
    BIDE_AUTO_VALUE bide_value list = { 0 };
    for (int i = 0; i < MANY; i++) {
        const course c = of(i);
        ts[i] = bide_create_task_copy(suspends, &c, sizeof c);
    }
    BIDE_TRY(bide_gather_join(ts, MANY, false, &list));
    for (int i = 0; i < MANY; i++) CHECK(list.items[i].f64 == of(i).turns * (of(i).turns - 1) / 2.0);
    return 0;
}

static course shallow(int i) { return (course){ 0, 0, 1 + i % 5 }; }
static course deep(int i) { return (course){ i, 0, 3 }; }
static course changing(int i) { return (course){ i, i % 3, 6 }; }

TASK_TEST(many_that_are_shallow_go_on_where_they_were) { return run_all(shallow); }
TASK_TEST(many_that_are_deep_go_on_where_they_were) { return run_all(deep); }
TASK_TEST(many_that_are_now_shallow_now_deep_go_on_where_they_were) { return run_all(changing); }

TASK_TEST(many_can_be_made_again) {
    for (int i = 0; i < 3; i++) CHECK_CODE(run_all(changing), 0);
    return 0;
}

static int sleeps(void *arg) { return bide_sleep(1e6); }

static int make_all(bide_fn *fn) {
    for (int i = 0; i < MANY; i++)
        if (!(ts[i] = bide_create_task(fn, NULL))) return bide_last_error();
    return bide_sleep(0);
}

static int cancel_all(void) {
    for (int i = 0; i < MANY; i++) bide_task_cancel(ts[i]);
    for (int i = 0; i < MANY; i++) CHECK_CODE(bide_join(ts[i], NULL), BIDE_ECANCELED);
    return 0;
}

TASK_TEST(many_are_cancelled_while_they_sleep) {
    BIDE_TRY(make_all(sleeps));
    return cancel_all();
}

TASK_TEST(many_leave_the_stack_used_of_each_to_be_read) {
    BIDE_TRY(make_all(sleeps));
    course c = { 39, 0, 1 };
    BIDE_AUTO bide_task *t = bide_create_task(suspends, &c);
    CHECK_INT(bide_task_stack_used(t), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_task_stack_used(ts[MANY - 1]) > 0);
    CHECK(bide_task_stack_used(t) > bide_task_stack_used(ts[MANY - 1]));
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK(bide_task_stack_used(t) > 39 * 8);
    return cancel_all();
}

static int counts(void *arg) {
    for (int i = 0; i < 4; i++) {
        BIDE_TRY(bide_sleep(1));
        BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
    return 0;
}

static int adds_up(void *arg) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(counts, NULL);
    int64_t sum = 0;
    BIDE_FOR_EACH(v, g) sum += v.i64;
    return bide_return_i64(sum);
}

TASK_TEST(many_have_generators_that_wait) {
    BIDE_TRY(make_all(sleeps));
    bide_value v;
    BIDE_AUTO bide_task *a = bide_create_task(adds_up, NULL), *b = bide_create_task(adds_up, NULL);
    CHECK_CODE(bide_await(a, &v), 0);
    CHECK_INT(v.i64, 6);
    CHECK_CODE(bide_await(b, &v), 0);
    CHECK_INT(v.i64, 6);
    return cancel_all();
}

TASK_TEST(many_start_others_eagerly) {
    BIDE_TRY(make_all(sleeps));
    course c = { 3, 7, 20 };
    bide_value v;
    BIDE_AUTO bide_task *t = bide_create_task_with(&(bide_task_options){ .eager_start = true }, suspends, &c);
    CHECK_CODE(bide_await(t, &v), 0);
    CHECK(v.f64 == 190);
    return cancel_all();
}

enum { TIMERS = 150000 };
static int rung;

static int ring(void *number) {
    CHECK_INT((intptr_t)number, rung);
    rung++;
    return 0;
}

/* The heap of timers grows beyond a megabyte, at first alone, then with stacks on both sides. */
TASK_TEST(many_timers_among_stacks_keep_their_order) {
    for (int i = 0; i < TIMERS; i++) {
        if (!bide_loop_call_later(NULL, 1, ring, (void *)(intptr_t)i)) return bide_last_error();
        if (i >= TIMERS / 2 && i % 100 == 0) bide_release(bide_create_task(sleeps, NULL));
    }
    CHECK_CODE(bide_sleep(2), 0);
    CHECK_INT(rung, TIMERS);
    return 0;
}

TEST_MAIN
