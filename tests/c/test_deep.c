/* test_deep.c -- futures, errors and values that stand in one another thousands deep, on a stack of the usual size. */
#include "test.h"

enum { DEEP = 20000, DEEP_TASKS = sizeof(void *) == 4 ? DEEP : 1000 };       /* the stacks of this machine are large */

static int one(void *seconds) {
    BIDE_TRY(test_sleeper(seconds));
    return bide_return_i64(1);
}

static double a_second = 1;

/* ---------------------------------------------------------------- gathers and shields */

typedef bide_future *wrap(bide_future *f);
static bide_future *in_gather(bide_future *f) { return bide_gather(&f, 1, false); }
static bide_future *in_lenient_gather(bide_future *f) { return bide_gather(&f, 1, true); }
static bide_future *in_two_gathers(bide_future *f) { return bide_gather(BIDE_FUTURES(f, NULL), true); }
static bide_future *in_shield(bide_future *f) { return bide_shield(f); }

/* Takes `f`. */
static bide_future *wrapped(bide_future *f, wrap *in) {
    for (int i = 0; i < DEEP && f; i++) {
        bide_future *outer = in(f);
        bide_release(f);
        f = outer;
    }
    CHECK(f != NULL);
    return f;
}

static size_t depth_of(const bide_value *v) {
    size_t depth = 0;
    for (; v->kind == BIDE_LIST; v = &v->items[0]) depth++;
    CHECK_INT(v->i64, 1);
    return depth;
}

static int finishes(wrap *in, size_t depth) {
    bide_value v;
    BIDE_TRY(bide_join(wrapped(bide_create_task(one, &a_second), in), &v));
    CHECK(depth_of(&v) == depth);
    bide_value_clear(&v);
    return 0;
}

TASK_TEST(deep_gathers_and_shields_finish) {
    BIDE_TRY(finishes(in_gather, DEEP));
    BIDE_TRY(finishes(in_two_gathers, DEEP));
    return finishes(in_shield, 0);
}

static int cancelled(wrap *in, int ends_with) {
    bide_task *t = bide_create_task(one, &a_second);
    bide_future *f = wrapped(bide_retain(t), in);
    CHECK(bide_future_cancel(f));
    CHECK_CODE(bide_join(f, NULL), ends_with);
    CHECK(bide_future_cancelled(t) == (in != in_shield));
    bide_release(t);
    return 0;
}

TASK_TEST(deep_gathers_and_shields_are_cancelled) {
    BIDE_TRY(cancelled(in_gather, BIDE_ECANCELED));
    BIDE_TRY(cancelled(in_lenient_gather, BIDE_ECANCELED));
    return cancelled(in_shield, BIDE_ECANCELED);
}

TASK_TEST(deep_gathers_and_shields_are_cancelled_by_a_task_that_awaits_them) {
    bide_task *t = bide_create_task(one, &a_second);
    bide_timeout timeout = BIDE_TIMEOUT_INIT;
    bide_future *f = wrapped(bide_retain(t), in_gather);
    CHECK_CODE(bide_timeout_enter(&timeout, 0.5), 0);
    CHECK_CODE(bide_timeout_exit(&timeout, bide_join(f, NULL)), BIDE_ETIMEDOUT);
    CHECK(bide_future_cancelled(t));
    bide_release(t);
    return 0;
}

static int dropped(wrap *in) {
    bide_release(wrapped(bide_create_task(one, &a_second), in));
    BIDE_TRY(bide_sleep(2));                             /* the task goes on, and ends */
    bide_future *f = bide_future_new(NULL), *outer = wrapped(bide_retain(f), in);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    bide_release(f);
    BIDE_TRY(bide_sleep(1));
    CHECK(bide_future_done(outer));
    bide_release(outer);                                 /* done, and each keeps the next */
    return 0;
}

TASK_TEST(deep_gathers_and_shields_are_dropped) {
    BIDE_TRY(dropped(in_gather));
    BIDE_TRY(dropped(in_two_gathers));
    bide_release(wrapped(bide_future_new(NULL), in_shield));     /* nobody could complete it, so all go at once */
    return dropped(in_shield);
}

static int fails(void *arg) { return bide_raise(BIDE_EKEY, "deep"); }

TASK_TEST(deep_gathers_fail) {
    CHECK_CODE(bide_join(wrapped(bide_create_task(fails, NULL), in_gather), NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "deep");
    return 0;
}

static int note_nothing(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

/* A loop that closes drops what is pending, and what is queued. */
static void closes_with(wrap *in, bool is_done) {
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, note_nothing, NULL);
    bide_future *f = is_done ? bide_future_new(loop) : bide_loop_create_task(loop, one, NULL);
    bide_future *outer = wrapped(bide_retain(f), in);
    if (is_done) CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    bide_release(outer);
    bide_release(f);
    bide_loop_release(loop);
}

TEST(deep_gathers_and_shields_end_with_their_loop) {
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    for (int is_done = 0; is_done < 2; is_done++) {
        closes_with(in_gather, is_done);
        closes_with(in_shield, is_done);
    }
    bide_set_event_loop(NULL);
    bide_loop_release(loop);
}

/* ---------------------------------------------------------------- cancel requests */

static const bide_task_options small = { .stack_size = 256 };
static bide_task *chain[DEEP_TASKS];

/* Each awaits the one before. */
static int awaits(void *before) { return bide_await(before, NULL); }
static int awaits_gather(void *before) { return bide_gather_join(BIDE_FUTURES(bide_retain(before)), false, NULL); }
static int awaits_both(void *before) { return bide_gather_join(BIDE_FUTURES(bide_create_task_with(&small, test_sleeper, NULL), bide_retain(before)), true, NULL); }

static int chained(bide_fn *fn) {
    chain[0] = bide_create_task_with(&small, one, &a_second);
    for (int i = 1; i < DEEP_TASKS; i++) chain[i] = bide_create_task_with(&small, fn, chain[i - 1]);
    return bide_sleep(0);
}

static int chain_is_cancelled(bide_fn *fn) {
    BIDE_TRY(chained(fn));
    CHECK(bide_task_cancel(chain[DEEP_TASKS - 1]));
    CHECK_CODE(bide_await(chain[DEEP_TASKS - 1], NULL), BIDE_ECANCELED);
    for (int i = 0; i < DEEP_TASKS; i++) CHECK(bide_future_cancelled(chain[i]) && bide_task_cancelling(chain[i]) == 1);
    bide_release_all(chain, DEEP_TASKS);
    return 0;
}

TASK_TEST(deep_chains_of_tasks_are_cancelled) {
    BIDE_TRY(chain_is_cancelled(awaits));
    BIDE_TRY(chain_is_cancelled(awaits_gather));
    return chain_is_cancelled(awaits_both);
}

TASK_TEST(deep_chains_of_tasks_finish) {
    BIDE_TRY(chained(awaits_gather));
    CHECK_CODE(bide_await(chain[DEEP_TASKS - 1], NULL), 0);
    bide_release_all(chain, DEEP_TASKS);
    return 0;
}

static int note(void *name) {
    int rc = bide_sleep(INFINITY);
    LOG(name);
    return rc;
}

static int gathers_two(void *arg) { return bide_gather_join(BIDE_FUTURES(bide_create_task(note, "b"), bide_create_task(note, "c")), false, NULL); }

/* a, then what the second child waits for, then d: the order of Python's recursion. */
TASK_TEST(gather_cancels_its_children_and_what_these_wait_for_in_order) {
    bide_task *ts[] = { bide_create_task(note, "a"), bide_create_task(gathers_two, NULL), bide_create_task(note, "d") };
    bide_future *g = bide_gather(ts, 3, true);
    bide_release_all(ts, 3);
    bide_future *outer = bide_gather(&g, 1, true);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_sleep(0));
    CHECK(bide_future_cancel(outer));
    bide_release(g);
    CHECK_CODE(bide_join(outer, NULL), BIDE_ECANCELED);
    CHECK_LOG("a b c d");
    return 0;
}

/* The gather and what it is made of are done, but the gather around does not know yet. */
TASK_TEST(gather_whose_children_are_done_refuses_and_the_task_gets_the_request_later) {
    bide_future *f = bide_future_new(NULL), *inner = bide_gather(&f, 1, false), *outer = bide_gather(&inner, 1, false);
    bide_future *other = bide_future_new(NULL);
    bide_task *t = bide_create_task(awaits, outer), *around = bide_create_task(awaits_gather, t);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_sleep(0));
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK(!bide_future_cancel(outer));
    CHECK(bide_task_cancel(around));                     /* by way of a gather, whose child the task is */
    CHECK_CODE(bide_join(around, NULL), BIDE_ECANCELED);
    CHECK(bide_future_cancelled(t));
    bide_release_all(BIDE_FUTURES(f, inner, outer, other, t));
    return 0;
}

static bide_future *own_gather;
static int awaits_itself(void *arg) {
    LOG("waits");
    const int rc = bide_await(own_gather, NULL);
    LOG(rc == BIDE_ECANCELED ? "cancelled" : "not cancelled");
    return rc;
}

TASK_TEST(gather_of_a_task_that_awaits_it_is_a_ring_that_cancelling_breaks) {
    bide_task *t = bide_create_task(awaits_itself, NULL);
    own_gather = bide_gather(&t, 1, false);
    BIDE_TRY(bide_sleep(0));
    CHECK(bide_task_cancel(t));
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    CHECK_CODE(bide_join(own_gather, NULL), BIDE_ECANCELED);
    CHECK_LOG("waits cancelled");
    return 0;
}

/* ---------------------------------------------------------------- error groups */

static bide_value error_of(int code) {
    bide_ignore(bide_raise(code, "leaf"));
    return bide_last_error_value();
}

/* Groups in groups around `innermost`, which is taken, with an error of `beside` in each if that is a code. */
static bide_value groups_around(bide_value innermost, int beside) {
    bide_value both[2] = { innermost, { 0 } };
    for (int i = 0; i < DEEP; i++) {
        if (beside) both[1] = error_of(beside);
        bide_ignore(bide_raise_group("group", both, beside ? 2 : 1));
        bide_value_clear(&both[0]), bide_value_clear(&both[1]);
        both[0] = bide_last_error_value();
    }
    return both[0];
}

static size_t groups_in(bide_value error) {
    size_t depth = 0;
    bide_value list, kept = bide_value_copy(error);
    for (; (list = bide_error_members(kept)).kind == BIDE_LIST; depth++) {
        bide_value member = bide_value_copy(list.items[0]);
        bide_value_clear(&list), bide_value_clear(&kept);
        kept = member;
    }
    bide_value_clear(&kept);
    return depth;
}

TASK_TEST(deep_error_groups_are_matched_and_cleared) {
    bide_value group = groups_around(error_of(BIDE_EKEY), 0);
    CHECK(bide_error_matches(group, BIDE_EKEY) && !bide_error_matches(group, BIDE_EVALUE));
    CHECK(bide_error_matches(group, BIDE_EKEY));         /* the walk leaves nothing behind */
    CHECK(groups_in(group) == DEEP);
    bide_value_clear(&group);
    return 0;
}

TASK_TEST(deep_error_groups_are_split) {
    bide_value group = groups_around(error_of(BIDE_EKEY), BIDE_EVALUE), match, rest;
    CHECK_CODE(bide_error_split(group, BIDE_EKEY, &match, &rest), 0);
    CHECK(groups_in(match) == DEEP && groups_in(rest) == DEEP);
    CHECK(bide_error_matches(match, BIDE_EKEY) && !bide_error_matches(match, BIDE_EVALUE));
    CHECK(bide_error_matches(rest, BIDE_EVALUE) && !bide_error_matches(rest, BIDE_EKEY));
    bide_value_clear(&match), bide_value_clear(&rest), bide_value_clear(&group);
    return 0;
}

static int fails_deep(void *arg) {
    bide_value group = groups_around(error_of(BIDE_EKEY), 0);
    return bide_return_value(group);
}

TASK_TEST(deep_error_groups_travel) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    CHECK_CODE(bide_task_group_enter(&g), 0);
    bide_task_group_create_task(&g, fails_deep, NULL);
    CHECK_CODE(bide_task_group_exit(&g, 0), BIDE_EGROUP);
    bide_value error = bide_last_error_value();
    CHECK(groups_in(error) == DEEP + 1);
    bide_value_clear(&error);
    bide_ignore(bide_raise(BIDE_EGROUP, "another"));
    return 0;
}

/* Failing allocations in a small one. */
TEST(error_split_of_nested_groups_without_memory_gives_nothing) {
    bide_value leaf = error_of(BIDE_EKEY), inner[] = { error_of(BIDE_EVALUE), leaf };
    bide_ignore(bide_raise_group("inner", inner, 2));
    bide_value outer[] = { bide_last_error_value(), inner[0] }, match, rest;
    bide_ignore(bide_raise_group("outer", outer, 2));
    bide_value group = bide_last_error_value();
    for (long n = 1;; n++) {
        alloc_fail_at(n);
        int rc = bide_error_split(group, BIDE_EKEY, &match, &rest);
        bool failed = alloc_failed();
        alloc_fail_at(0);
        if (!failed) break;
        CHECK_CODE(rc, BIDE_ENOMEM);
        CHECK(match.kind == BIDE_NONE && rest.kind == BIDE_NONE);
    }
    CHECK_TEXT(match.message, "outer (1 sub-exception)");
    CHECK_TEXT(rest.message, "outer (2 sub-exceptions)");
    bide_value_clear(&match), bide_value_clear(&rest), bide_value_clear(&group), bide_value_clear(&outer[0]);
    bide_value_clear(&inner[0]), bide_value_clear(&inner[1]);
}

TEST_MAIN
