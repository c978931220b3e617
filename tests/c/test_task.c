/* test_task.c -- tasks: names, options, arguments, who runs, cancel counting. */
#include "test.h"

#include <stdlib.h>

static int nothing(void *arg) { return 0; }

TASK_TEST(task_name_is_task_n_by_default) {
    BIDE_AUTO bide_task *a = bide_create_task(nothing, NULL), *b = bide_create_task(nothing, NULL);
    const int n = atoi(bide_task_get_name(a) + 5);
    char next[32];
    snprintf(next, sizeof next, "Task-%d", n + 1);
    CHECK(strncmp(bide_task_get_name(a), "Task-", 5) == 0);
    CHECK_TEXT(bide_task_get_name(b), next);
    return bide_gather_join(BIDE_FUTURES(bide_retain(a), bide_retain(b)), false, NULL);
}

TASK_TEST(task_name_can_be_chosen_and_changed) {
    char name[] = "worker";
    BIDE_AUTO bide_task *t = bide_create_task_with(&(bide_task_options){ .name = name }, nothing, NULL);
    name[0] = 'x';
    CHECK_TEXT(bide_task_get_name(t), "worker");
    CHECK_CODE(bide_task_set_name(t, "changed"), 0);
    CHECK_TEXT(bide_task_get_name(t), "changed");
    CHECK_CODE(bide_task_set_name(t, NULL), BIDE_EVALUE);
    CHECK_TEXT(bide_task_get_name(t), "changed");
    CHECK_CODE(bide_task_set_name(t, ""), 0);
    CHECK_TEXT(bide_task_get_name(t), "");
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_TEXT(bide_task_get_name(t), "");
    return 0;
}

TASK_TEST(task_functions_on_a_plain_future) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK(bide_task_get_name(f) == NULL);
    CHECK_CODE(bide_task_set_name(f, "x"), BIDE_ETYPE);
    CHECK_INT(bide_task_uncancel(f), 0);
    CHECK_INT(bide_task_cancelling(f), 0);
    CHECK_INT(bide_task_stack_used(f), 0);
    CHECK(bide_task_cancel(f));
    CHECK(bide_future_cancelled(f));
    CHECK(!bide_task_cancel(f));
    return 0;
}

struct pair { int a, b; };
static int adds(void *arg) {
    const struct pair *p = arg;
    return bide_return_i64(p->a + p->b);
}

static bide_task *with_locals(void) {
    struct pair p = { 40, 2 };
    return bide_create_task_copy(adds, &p, sizeof p);
}

TASK_TEST(task_owns_the_copy_of_its_arguments) {
    bide_value v;
    CHECK_CODE(bide_join(with_locals(), &v), 0);
    CHECK_INT(v.i64, 42);
    CHECK_CODE(bide_join(bide_create_task_copy(adds, BIDE_ARGS(struct pair, 1, 2)), &v), 0);
    CHECK_INT(v.i64, 3);
    CHECK_CODE(bide_join(bide_create_task_with(&(bide_task_options){ .arg_size = sizeof(struct pair) }, adds, &(struct pair){ 3, 4 }), &v), 0);
    CHECK_INT(v.i64, 7);
    return 0;
}

static int is_aligned(void *arg) { return bide_return_i64((intptr_t)arg % _Alignof(max_align_t)); }

TASK_TEST(task_copy_is_aligned_for_any_type) {
    for (size_t size = 1; size < 40; size++) {
        const char bytes[40] = { 0 };
        bide_value v;
        CHECK_CODE(bide_join(bide_create_task_copy(is_aligned, bytes, size), &v), 0);
        CHECK_INT(v.i64, 0);
    }
    return 0;
}

TASK_TEST(task_copy_of_no_bytes_is_fine) {
    CHECK_CODE(bide_join(bide_create_task_copy(nothing, NULL, 0), NULL), 0);
    return 0;
}

TASK_TEST(task_copy_of_a_task_that_never_starts_is_freed) {
    BIDE_AUTO bide_task *t = bide_create_task_copy(adds, BIDE_ARGS(struct pair, 1, 2));
    CHECK(bide_task_cancel(t));
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(t));
    return 0;
}

TASK_TEST(task_too_large_is_a_value_error) {
    CHECK(bide_create_task_with(&(bide_task_options){ .stack_size = (1u << 30) + 1 }, nothing, NULL) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_EVALUE);
    CHECK(bide_create_task_copy(nothing, "", (1u << 30) + 1) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_EVALUE);
    return 0;
}

static bide_task *seen;
static int sees_itself(void *arg) {
    CHECK(bide_current_task() != NULL);
    seen = bide_current_task();
    BIDE_TRY(bide_sleep(1));
    CHECK(bide_current_task() == seen);
    return 0;
}

static int sees_no_task(void *arg) {
    CHECK(bide_current_task() == NULL);
    CHECK(bide_get_running_loop() != NULL);
    LOG("callback");
    return 0;
}

TASK_TEST(current_task_is_the_one_that_runs) {
    bide_task *self = bide_current_task();
    BIDE_AUTO bide_task *t = bide_create_task(sees_itself, NULL);
    bide_loop_call_soon(NULL, sees_no_task, NULL);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK(seen == t);
    CHECK(bide_current_task() == self);
    CHECK_LOG("callback");
    return 0;
}

TEST(current_task_is_none_in_main) {
    CHECK(bide_current_task() == NULL);
    CHECK_CODE(bide_run(nothing, NULL, NULL), 0);
    CHECK(bide_current_task() == NULL);
}

TASK_TEST(all_tasks_are_those_not_done_in_order_of_creation) {
    bide_task *out[4] = { NULL };
    BIDE_AUTO bide_task *done = bide_create_task(nothing, NULL);
    CHECK_CODE(bide_await(done, NULL), 0);
    BIDE_AUTO bide_task *a = bide_create_task(test_sleeper, NULL), *b = bide_create_task(test_sleeper, NULL);
    CHECK_INT(bide_all_tasks(NULL, NULL, 0), 3);
    CHECK_INT(bide_all_tasks(NULL, out, 2), 3);
    CHECK(out[0] == bide_current_task() && out[1] == a && out[2] == NULL);
    bide_release_all(out, 2);
    CHECK_INT(bide_all_tasks(NULL, out, 4), 3);
    CHECK(out[2] == b && out[3] == NULL);
    bide_release_all(out, 3);
    CHECK_CODE(bide_await(b, NULL), 0);
    return 0;
}

static int swallows_twice(void *arg) {
    CHECK_CODE(bide_sleep(10), BIDE_ECANCELED);
    CHECK_INT(bide_task_cancelling(bide_current_task()), 2);
    CHECK_INT(bide_task_uncancel(bide_current_task()), 1);
    CHECK_INT(bide_task_uncancel(bide_current_task()), 0);
    CHECK_INT(bide_task_uncancel(bide_current_task()), 0);
    return bide_return_i64(5);
}

TASK_TEST(cancel_requests_are_counted_and_deliver_one_error) {
    BIDE_AUTO bide_task *t = bide_create_task(swallows_twice, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_task_cancel(t));
    CHECK(bide_task_cancel(t));
    CHECK_INT(bide_task_cancelling(t), 2);
    bide_value v;
    CHECK_CODE(bide_await(t, &v), 0);
    CHECK_INT(v.i64, 5);
    CHECK(!bide_task_cancel(t));
    return 0;
}

TASK_TEST(cancel_of_the_running_task_strikes_at_its_next_wait) {
    CHECK(bide_task_cancel(bide_current_task()));
    CHECK_CODE(bide_sleep(1), BIDE_ECANCELED);
    CHECK_INT(bide_task_uncancel(bide_current_task()), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK(bide_task_cancel(bide_current_task()));
    CHECK_INT(bide_task_uncancel(bide_current_task()), 0);
    CHECK_CODE(bide_sleep(1), 0);
    return 0;
}

TASK_TEST(cancel_reaches_the_end_of_a_long_chain_of_waiting_tasks) {
    enum { LENGTH = 200 };
    static bide_task *chain[LENGTH];
    chain[0] = bide_create_task(test_sleeper, &(double){ 100 });
    for (int i = 1; i < LENGTH; i++) chain[i] = NULL;
    BIDE_AUTO bide_future *all = bide_gather(chain, 1, false);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_future_cancel(all));
    CHECK_CODE(bide_await(all, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(chain[0]));
    bide_release(chain[0]);
    return 0;
}

static int awaits(void *next) { return next ? bide_await(next, NULL) : bide_sleep(100); }

TASK_TEST(cancel_walks_a_chain_of_tasks_without_recursion) {
    enum { LENGTH = 2000 };
    bide_task *t = NULL;
    static bide_task *chain[LENGTH];
    const bide_task_options small = { .stack_size = 1024 };
    for (int i = 0; i < LENGTH; i++) chain[i] = t = bide_create_task_with(&small, awaits, t);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_task_cancel(t));
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    for (int i = 0; i < LENGTH; i++) CHECK(bide_future_cancelled(chain[i]));
    bide_release_all(chain, LENGTH);
    return 0;
}

static int runs_on(void *arg) {
    BIDE_TRY(bide_sleep(1));
    LOG("forgotten but done");
    return 0;
}

TASK_TEST(task_without_references_runs_on) {
    bide_release(bide_create_task(runs_on, NULL));
    CHECK_CODE(bide_sleep(2), 0);
    CHECK_LOG("forgotten but done");
    return 0;
}

static int tries(void *arg) {
    BIDE_TRY(bide_raise(BIDE_EKEY, "left"));
    LOG("not reached");
    return 0;
}

static int tries_success(void *arg) {
    if (arg) BIDE_TRY(bide_sleep(0));
    else BIDE_TRY(bide_raise(BIDE_EKEY, "else"));
    return 0;
}

TASK_TEST(try_leaves_with_the_code_and_is_one_statement) {
    CHECK_CODE(bide_call(tries, NULL, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "left");
    CHECK_CODE(bide_call(tries_success, "x", NULL), 0);
    CHECK_CODE(bide_call(tries_success, NULL, NULL), BIDE_EKEY);
    CHECK_LOG("");
    return 0;
}

static int makes_another(void *made) {
    *(bide_task **)made = bide_create_task(test_sleeper, NULL);
    return bide_sleep(0);
}

TASK_TEST(task_eager_stands_behind_the_tasks_it_made_before_it_suspended) {
    BIDE_AUTO bide_task *before = bide_create_task(test_sleeper, NULL), *made = NULL;
    BIDE_AUTO bide_task *eager = bide_create_task_with(&(bide_task_options){ .eager_start = true }, makes_another, &made);
    BIDE_AUTO bide_task *after = bide_create_task(test_sleeper, NULL);
    bide_task *all[5];
    CHECK_INT(bide_all_tasks(NULL, all, 5), 5);
    CHECK(all[1] == before && all[2] == made && all[3] == eager && all[4] == after);
    bide_release_all(all, 5);
    return bide_gather_join(BIDE_FUTURES(bide_retain(eager), bide_retain(made), bide_retain(before), bide_retain(after)), false, NULL);
}

TEST_MAIN
