/* test_callbacks.c -- every kind of function that a program gives to the library: it may wait, or is refused with BIDE_ERUNTIME.
 *
 * callbacks.test.js compares this file with bide.h: each type of function, and each public function that takes one, stands here. */
#include "test.h"

#include <unistd.h>

static int nothing(void *arg) { return 0; }
static int yields(void *arg) { return bide_yield(bide_i64(1), NULL); }

/* Everything that would suspend is refused, and nothing is changed by it. */
static void check_cannot_wait(const char *who) {
    static bide_lock held = { .is_locked = true };
    static bide_event unset;
    bide_lock lock = BIDE_LOCK_INIT;
    bide_condition condition = { .own.is_locked = true };
    bide_timeout timeout = BIDE_TIMEOUT_INIT;
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    bide_runner runner = BIDE_RUNNER_INIT;
    bide_semaphore semaphore;
    bide_barrier barrier;
    bide_queue queue;
    char c;
    bide_semaphore_init(&semaphore, 0), bide_barrier_init(&barrier, 2), bide_queue_init(&queue, 1);
    CHECK_CODE(bide_sleep(0), BIDE_ERUNTIME);
    CHECK_CODE(bide_sleep(1), BIDE_ERUNTIME);
    CHECK_CODE(bide_lock_acquire(&held), BIDE_ERUNTIME);
    CHECK_CODE(bide_lock_acquire(&lock), BIDE_ERUNTIME);
    CHECK(!lock.is_locked && !held.waiting.first);
    CHECK_CODE(bide_event_wait(&unset), BIDE_ERUNTIME);
    CHECK_CODE(bide_condition_wait(&condition), BIDE_ERUNTIME);
    CHECK_CODE(bide_semaphore_acquire(&semaphore), BIDE_ERUNTIME);
    CHECK_CODE(bide_barrier_wait(&barrier, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_queue_get(&queue, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_queue_put(&queue, bide_i64(1)), 0);
    CHECK_CODE(bide_queue_put(&queue, bide_i64(2)), BIDE_ERUNTIME);
    CHECK_CODE(bide_read(0, &c, 1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_await_promise(1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_timeout_enter(&timeout, 1), BIDE_ERUNTIME);
    CHECK_CODE(bide_task_group_enter(&group), BIDE_ERUNTIME);
    CHECK_CODE(bide_defer(nothing, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_yield(bide_i64(1), NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_run(nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_runner_run(&runner, nothing, NULL, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_runner_close(&runner), 0);
    bide_queue_clear(&queue);
    LOG(who);
}

/* The same with a loop: what is awaited stays pending. */
static void check_cannot_wait_in(bide_loop *loop, const char *who) {
    bide_future *f = bide_future_new(loop);
    bide_as_completed it;
    check_cannot_wait(who);
    CHECK_CODE(bide_await(f, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_wait_for(f, 1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_wait_for(f, 0, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_wait(&f, 1, 1, BIDE_ALL_COMPLETED, NULL), BIDE_ERUNTIME);
    CHECK(!bide_future_done(f));
    if (bide_loop_is_running(NULL)) {
        CHECK_CODE(bide_as_completed_init(&it, &f, 1, INFINITY), 0);
        CHECK_CODE(bide_as_completed_next(&it, NULL), BIDE_ERUNTIME);
        bide_as_completed_clear(&it);
    }
    bide_release(f);
}

/* A task's own state is as before. */
static void check_can_wait(bide_task *self) {
    CHECK(bide_current_task() == self);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK(bide_current_task() == self);
}

/* ---------------------------------------------------------------- refused */

static bide_task *waiting_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *self) {
    CHECK(bide_current_task() == self);
    check_cannot_wait_in(loop, "factory");
    CHECK_CODE(bide_return_i64(99), 0);          /* nobody's result */
    return bide_task_new(loop, options, fn, arg);
}

TASK_TEST(callback_bide_task_factory_is_refused) {
    bide_task *self = bide_current_task();
    bide_loop_set_task_factory(NULL, waiting_factory, self);
    bide_value v = { 0 };
    bide_task *t = bide_create_task(nothing, NULL);
    check_can_wait(self);
    CHECK_CODE(bide_join(t, &v), 0);
    bide_loop_set_task_factory(NULL, NULL, NULL);
    CHECK_LOG("factory");
    return 0;
}

static bide_task *refusing_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *self) {
    return (void)(bide_raise(BIDE_EFULL, "no more tasks") == 0), NULL;
}

TASK_TEST(callback_bide_task_factory_that_fails_fails_whoever_asked) {
    bide_loop_set_task_factory(NULL, refusing_factory, NULL);
    CHECK_CODE(bide_join(bide_create_task(nothing, NULL), NULL), BIDE_EFULL);
    CHECK_TEXT(bide_last_message(), "no more tasks");
    bide_loop_set_task_factory(NULL, NULL, NULL);
    return 0;
}

static bide_event gate;
static bool may_wait;
static int waits_for_gate(void *self) {
    CHECK(bide_current_task() != self && bide_current_task() != NULL);
    CHECK_CODE(bide_event_wait(&gate), 0);
    may_wait = true;
    return bide_return_i64(5);
}

static bide_task *eager_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *factory_arg) {
    bide_task *t = bide_eager_task_factory(loop, options, fn, arg, NULL);
    check_cannot_wait_in(loop, "factory");
    return t;
}

TASK_TEST(callback_bide_task_factory_may_start_a_task_that_waits) {
    bide_loop_set_task_factory(NULL, eager_factory, NULL);
    bide_value v;
    bide_task *t = bide_create_task(waits_for_gate, bide_current_task());
    bide_loop_set_task_factory(NULL, NULL, NULL);
    CHECK(!bide_future_done(t));
    bide_event_set(&gate);
    CHECK_CODE(bide_join(t, &v), 0);
    CHECK(may_wait && v.i64 == 5);
    CHECK_LOG("factory");
    return 0;
}

static bide_event_loop_policy *standard;
static bide_loop *waiting_new(bide_event_loop_policy *policy) {
    check_cannot_wait("new");
    return standard->new_event_loop(standard);
}
static bide_loop *waiting_get(bide_event_loop_policy *policy) {
    check_cannot_wait("get");
    return standard->get_event_loop(standard);
}
static void waiting_set(bide_event_loop_policy *policy, bide_loop *loop) {
    check_cannot_wait("set");
    standard->set_event_loop(standard, loop);
}
static bide_event_loop_policy waiting_policy = { .new_event_loop = waiting_new, .get_event_loop = waiting_get, .set_event_loop = waiting_set };

/* The running loop is known without the policy. */
TASK_TEST(callback_new_event_loop_and_set_event_loop_are_refused_in_a_task) {
    bide_task *self = bide_current_task();
    bide_loop *before = bide_get_running_loop();
    standard = bide_get_event_loop_policy();
    bide_set_event_loop_policy(&waiting_policy);
    bide_loop *loop = bide_new_event_loop();
    CHECK(loop != NULL);
    bide_set_event_loop(before);
    bide_set_event_loop_policy(NULL);
    check_can_wait(self);
    bide_loop_release(loop);
    CHECK_LOG("new set");
    return 0;
}

TEST(callback_get_event_loop_is_refused_in_main) {
    standard = bide_get_event_loop_policy();
    bide_set_event_loop_policy(&waiting_policy);
    CHECK(bide_get_event_loop() == NULL);
    CHECK_CODE(bide_run(nothing, NULL, NULL), 0);
    bide_set_event_loop_policy(NULL);
    CHECK_LOG("get new set set");
}

static bide_loop *waiting_loop_factory(void *arg) {
    check_cannot_wait("loop");
    return bide_new_event_loop();
}

TEST(callback_loop_factory_is_refused) {
    bide_runner r;
    CHECK_CODE(bide_runner_init(&r, &(bide_runner_options){ .loop_factory = waiting_loop_factory }), 0);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("loop");
}

TASK_TEST(callback_loop_factory_is_refused_in_a_task) {
    bide_runner r = { .options.loop_factory = waiting_loop_factory };
    bide_task *self = bide_current_task();
    bide_loop *loop = bide_runner_get_loop(&r);
    check_can_wait(self);
    CHECK(loop && !bide_loop_is_running(loop));
    CHECK_CODE(bide_loop_close(loop), 0);
    bide_context_release(r.context);
    bide_loop_release(loop);
    CHECK_LOG("loop");
    return 0;
}

static bide_task *comparer;
static int waiting_compare(const bide_value *a, const bide_value *b, void *arg) {
    CHECK(bide_current_task() == comparer);
    check_cannot_wait("compare");
    return a->i64 < b->i64 ? -1 : a->i64 > b->i64;
}

TASK_TEST(callback_bide_compare_is_refused) {
    bide_queue q;
    bide_value v;
    comparer = bide_current_task();
    CHECK_CODE(bide_priority_queue_init(&q, 0, waiting_compare, NULL), 0);
    CHECK_CODE(bide_queue_put(&q, bide_i64(2)), 0);
    CHECK_CODE(bide_queue_put(&q, bide_i64(1)), 0);
    CHECK_CODE(bide_queue_get(&q, &v), 0);
    CHECK_INT(v.i64, 1);
    bide_queue_clear(&q);
    check_can_wait(comparer);
    CHECK_LOG("compare");
    return 0;
}

/* A generator that compares can't yield from the comparison, and goes on yielding afterwards. */
static int compares_and_yields(void *arg) {
    bide_queue q;
    bide_priority_queue_init(&q, 0, waiting_compare, NULL);
    BIDE_TRY(bide_queue_put(&q, bide_i64(2)));
    BIDE_TRY(bide_queue_put(&q, bide_i64(1)));
    bide_queue_clear(&q);
    return bide_yield(bide_i64(7), NULL);
}

TASK_TEST(callback_bide_compare_is_refused_in_generators) {
    for (int is_async = 0; is_async < 2; is_async++) {
        BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new_with(&(bide_task_options){ .stack_size = TEST_STACK }, is_async, compares_and_yields, NULL);
        bide_value v;
        comparer = is_async ? bide_current_task() : NULL;
        CHECK_CODE(bide_generator_next(g, &v), 0);
        CHECK_INT(v.i64, 7);
        CHECK_CODE(bide_generator_next(g, &v), BIDE_ESTOP);
    }
    CHECK_LOG("compare compare");
    return 0;
}

/* ---------------------------------------------------------------- refused, since they are no part of a task */

static int waiting_callback(void *who) {
    CHECK(bide_current_task() == NULL);
    check_cannot_wait_in(NULL, who);
    return 0;
}

static int waiting_done_callback(bide_future *f, void *who) { return waiting_callback(who); }
static int waiting_handler(bide_loop *loop, const bide_exception_context *context, void *who) { return waiting_callback(who); }
static int fails(void *arg) { return BIDE_EKEY; }
static int defers(void *arg) { return bide_defer(waiting_callback, "deferred"); }

TASK_TEST(callback_bide_callback_is_refused) {
    bide_loop_call_soon(NULL, waiting_callback, "soon");
    bide_loop_call_later(NULL, 1, waiting_callback, "later");
    bide_loop_call_at(NULL, 2, waiting_callback, "at");
    CHECK_CODE(bide_loop_call_soon_threadsafe(NULL, waiting_callback, "safe"), 0);
    CHECK_CODE(bide_join(bide_create_task(defers, NULL), NULL), 0);
    CHECK_CODE(bide_sleep(3), 0);
    CHECK_LOG("soon safe deferred later at");
    return 0;
}

static int waiting_reader(void *who) {
    waiting_callback(who);
    bide_loop_remove_reader(NULL, 0);
    return 0;
}

TASK_TEST(callback_bide_callback_of_a_reader_is_refused) {
    CHECK_CODE(bide_loop_add_reader(NULL, 0, waiting_reader, "reader"), 0);
    while (test_log[0] == '\0') CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("reader");
    return 0;
}

static int waits_for_nothing(void *arg) { return bide_event_wait(&(bide_event){ 0 }); }
static int sets_deadlock_handler(void *arg) {
    bide_loop_set_deadlock_handler(NULL, waiting_callback, "deadlock");
    return waits_for_nothing(NULL);
}

TEST(callback_bide_callback_of_a_deadlock_is_refused) {
    CHECK_CODE(bide_run(sets_deadlock_handler, NULL, NULL), BIDE_EDEADLOCK);
    CHECK_LOG("deadlock");
}

TASK_TEST(callback_bide_done_callback_is_refused) {
    bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_add_done_callback(f, waiting_done_callback, "removed"), 0);
    CHECK_INT((long long)bide_future_remove_done_callback(f, waiting_done_callback, "removed"), 1);
    CHECK_CODE(bide_future_add_done_callback(f, waiting_done_callback, "done"), 0);
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    CHECK_CODE(bide_sleep(0), 0);
    bide_release(f);
    CHECK_LOG("done");
    return 0;
}

TASK_TEST(callback_bide_exception_handler_is_refused) {
    bide_loop_set_exception_handler(NULL, waiting_handler, "handler");
    bide_loop_call_soon(NULL, fails, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("handler");
    bide_release(bide_create_task(fails, NULL));           /* told to the handler in the middle of this task */
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("handler");
    bide_loop_set_exception_handler(NULL, NULL, NULL);
    return 0;
}

/* ---------------------------------------------------------------- may wait */

static int naps(void *arg) {
    BIDE_TRY(bide_sleep(1));
    LOG(arg);
    return 0;
}

static bool predicate_holds;
static bool waiting_predicate(void *arg) {
    CHECK_CODE(naps("predicate"), 0);
    return predicate_holds;
}

static int notifies(void *condition) {
    BIDE_TRY(bide_condition_acquire(condition));
    predicate_holds = true;
    bide_condition_notify_all(condition);
    return bide_condition_release(condition);
}

TASK_TEST(callback_bide_predicate_may_wait) {
    bide_condition c = BIDE_CONDITION_INIT;
    CHECK_CODE(bide_condition_acquire(&c), 0);
    bide_task *t = bide_create_task(notifies, &c);
    CHECK_CODE(bide_condition_wait_for(&c, waiting_predicate, NULL), 0);
    CHECK(bide_condition_locked(&c));
    bide_condition_release(&c);
    CHECK_CODE(bide_join(t, NULL), 0);
    CHECK_LOG("predicate predicate");
    return 0;
}

static int waiting_enter(void *object) { return naps("enter"); }
static int waiting_exit(void *object, int code) {
    CHECK_CODE(naps("exit"), 0);
    return code;
}

static void waiting_guard_exit(void *object) { CHECK_CODE(naps("exit"), 0); }

static int guards(void *arg) {
    BIDE_GUARD(waiting_enter, waiting_guard_exit, NULL);
    return bide_return_i64(4);
}

static int enters_and_exits(void *arg) {
    BIDE_WITH(waiting_enter, waiting_exit, NULL) {
        if (!arg) return bide_return_i64(4);
        BIDE_TRY(bide_raise(BIDE_EKEY, "inside"));
    }
    return 0;
}

TASK_TEST(callback_bide_enter_and_bide_exit_may_wait) {
    bide_value v;
    CHECK_CODE(bide_call(enters_and_exits, NULL, &v), 0);
    CHECK_INT(v.i64, 4);
    CHECK_CODE(bide_call(enters_and_exits, &v, &v), BIDE_EKEY);
    CHECK_LOG("enter exit enter exit");
    return 0;
}

TASK_TEST(callback_bide_guard_exit_may_wait) {
    bide_value v;
    CHECK_CODE(bide_call(guards, NULL, &v), 0);
    CHECK_INT(v.i64, 4);
    CHECK_LOG("enter exit");
    return 0;
}

TASK_TEST(callback_bide_fn_may_wait) {
    bide_task_options copy = { .arg_size = 5 };
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    CHECK_CODE(bide_call(naps, "call", NULL), 0);
    CHECK_CODE(bide_wait_for_call(naps, "wait_for", 2, NULL), 0);
    CHECK_CODE(bide_join(bide_create_task(naps, "task"), NULL), 0);
    CHECK_CODE(bide_join(bide_create_task_copy(naps, "copy", 5), NULL), 0);
    CHECK_CODE(bide_join(bide_create_task_with(&copy, naps, "with"), NULL), 0);
    CHECK_CODE(bide_join(bide_task_new(NULL, NULL, naps, "new"), NULL), 0);
    CHECK_CODE(bide_join(bide_loop_create_task(NULL, naps, "loop"), NULL), 0);
    CHECK_CODE(bide_join(bide_shield_call(naps, "shield"), NULL), 0);
    CHECK_CODE(bide_join(bide_ensure_future_call(naps, "ensure"), NULL), 0);
    CHECK_CODE(bide_join(bide_eager_task_factory(NULL, NULL, naps, "eager", NULL), NULL), 0);
    CHECK_LOG("call wait_for task copy with new loop shield ensure eager");
    CHECK_CODE(bide_task_group_enter(&g), 0);
    bide_task_group_create_task(&g, naps, "1");
    bide_task_group_create_task_with(&g, &copy, naps, "two\0");
    bide_task_group_create_task_copy(&g, naps, "3", 2);
    CHECK_CODE(bide_task_group_exit(&g, 0), 0);
    CHECK_LOG("1 two 3");
    bide_context *context = bide_copy_context();
    CHECK_CODE(bide_context_run(context, naps, "context", NULL), 0);
    bide_context_release(context);
    CHECK_LOG("context");
    return 0;
}

TEST(callback_bide_fn_of_a_run_call_may_wait) {
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_INT(bide_main(naps, "main"), 0);
    CHECK_CODE(bide_run(naps, "run", NULL), 0);
    CHECK_CODE(bide_runner_run(&r, naps, "runner", NULL), 0);
    CHECK_CODE(bide_runner_run_with(&r, NULL, naps, "run_with", NULL), 0);
    CHECK_CODE(bide_loop_run_until_complete_call(bide_runner_get_loop(&r), naps, "until", NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("main run runner run_with until");
}

static int waiting_generator(void *arg) {
    BIDE_TRY(naps("generator"));
    return yields(NULL);
}

static int plain_generator(void *arg) {
    CHECK_CODE(bide_sleep(1), BIDE_ERUNTIME);
    CHECK(bide_current_task() == NULL);
    return yields(NULL);
}

TASK_TEST(callback_bide_fn_of_an_async_generator_may_wait_and_of_a_plain_one_may_not) {
    BIDE_AUTO_GENERATOR bide_generator *async = bide_async_generator_new(waiting_generator, NULL), *plain = bide_generator_new(plain_generator, NULL);
    CHECK_CODE(bide_generator_next(async, NULL), 0);
    CHECK_CODE(bide_generator_next(plain, NULL), 0);
    CHECK_CODE(bide_generator_close(async), 0);
    CHECK_LOG("generator");
    return 0;
}

TEST_MAIN
