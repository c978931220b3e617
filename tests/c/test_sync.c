/* test_sync.c -- misuse of locks, conditions, semaphores, barriers and queues is a named error, and the object stays usable. */
#include "test.h"

TASK_TEST(lock_released_while_free_is_refused) {
    bide_lock lock = BIDE_LOCK_INIT;
    CHECK_CODE(bide_lock_release(&lock), BIDE_ERUNTIME);
    CHECK_CODE(bide_lock_acquire(&lock), 0);
    CHECK(bide_lock_locked(&lock));
    CHECK_CODE(bide_lock_release(&lock), 0);
    return 0;
}

TASK_TEST(condition_used_without_its_lock_is_refused) {
    bide_condition c = BIDE_CONDITION_INIT;
    CHECK_CODE(bide_condition_wait(&c), BIDE_ERUNTIME);
    CHECK_CODE(bide_condition_notify(&c, 1), BIDE_ERUNTIME);
    CHECK_CODE(bide_condition_notify_all(&c), BIDE_ERUNTIME);
    CHECK_CODE(bide_condition_acquire(&c), 0);
    CHECK_CODE(bide_condition_notify_all(&c), 0);
    CHECK_CODE(bide_condition_release(&c), 0);
    return 0;
}

TASK_TEST(semaphore_bad_values_are_refused) {
    bide_semaphore s = { 0 };
    CHECK_CODE(bide_semaphore_acquire(&s), BIDE_EVALUE);
    CHECK_CODE(bide_semaphore_init(&s, -1), BIDE_EVALUE);
    CHECK_CODE(bide_bounded_semaphore_init(&s, 1), 0);
    CHECK_CODE(bide_semaphore_release(&s), BIDE_EVALUE);
    CHECK_CODE(bide_semaphore_acquire(&s), 0);
    CHECK(bide_semaphore_locked(&s));
    CHECK_CODE(bide_semaphore_release(&s), 0);
    return 0;
}

TASK_TEST(barrier_of_nobody_is_refused) {
    bide_barrier b = { 0 };
    int index = -1;
    CHECK_CODE(bide_barrier_wait(&b, &index), BIDE_EVALUE);
    CHECK_CODE(bide_barrier_init(&b, 0), BIDE_EVALUE);
    CHECK_CODE(bide_barrier_init(&b, 1), 0);
    CHECK_CODE(bide_barrier_wait(&b, &index), 0);
    CHECK(index == 0 && bide_barrier_parties(&b) == 1);
    CHECK_CODE(bide_barrier_abort(&b), 0);
    CHECK_CODE(bide_barrier_wait(&b, &index), BIDE_EBROKEN);
    CHECK(bide_barrier_broken(&b));
    CHECK_CODE(bide_barrier_reset(&b), 0);
    CHECK_CODE(bide_barrier_wait(&b, NULL), 0);
    return 0;
}

TASK_TEST(queue_misuse_is_refused) {
    bide_queue q = { 0 };
    bide_value v;
    CHECK_CODE(bide_queue_get(&q, &v), BIDE_EVALUE);
    CHECK_CODE(bide_queue_put(&q, bide_bytes("x", 1)), BIDE_EVALUE);
    CHECK_CODE(bide_queue_init(&q, -1), BIDE_EVALUE);
    CHECK_CODE(bide_queue_init(&q, 1), 0);
    CHECK_CODE(bide_queue_task_done(&q), BIDE_EVALUE);
    CHECK_CODE(bide_queue_get_nowait(&q, &v), BIDE_EEMPTY);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_bytes("one", 3)), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_bytes("two", 3)), BIDE_EFULL);
    CHECK_CODE(bide_queue_shutdown(&q, false), 0);
    CHECK_CODE(bide_queue_shutdown(&q, false), 0);
    CHECK_CODE(bide_queue_put(&q, bide_i64(3)), BIDE_ESHUTDOWN);
    CHECK_CODE(bide_queue_get(&q, &v), 0);
    CHECK(v.kind == BIDE_BYTES && v.size == 3);
    bide_value_clear(&v);
    CHECK_CODE(bide_queue_get(&q, &v), BIDE_ESHUTDOWN);
    CHECK_CODE(bide_queue_task_done(&q), 0);
    CHECK_CODE(bide_queue_join(&q), 0);
    bide_queue_clear(&q);
    return 0;
}

TASK_TEST(queue_by_priority_compares_numbers_by_size) {
    bide_queue q;
    CHECK_CODE(bide_priority_queue_init(&q, 0, NULL, NULL), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_i64(5)), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_f64(3.5)), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_i64(4)), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_f64(9)), 0);
    bide_value v;
    CHECK_CODE(bide_queue_get(&q, &v), 0);
    CHECK(v.kind == BIDE_F64 && v.f64 == 3.5);
    CHECK_CODE(bide_queue_get(&q, &v), 0);
    CHECK(v.kind == BIDE_I64 && v.i64 == 4);
    CHECK(bide_queue_qsize(&q) == 2 && !bide_queue_full(&q) && !bide_queue_empty(&q));
    bide_queue_clear(&q);
    return 0;
}

/* Puts all values, and checks that they are got in the order of `sorted`, which has their indices. */
static void check_order(const bide_value *values, size_t n, const size_t *sorted) {
    bide_queue q;
    CHECK_CODE(bide_priority_queue_init(&q, 0, NULL, NULL), 0);
    for (size_t i = 0; i < n; i++) CHECK_CODE(bide_queue_put_nowait(&q, bide_value_copy(values[i])), 0);
    for (size_t i = 0; i < n; i++) {
        BIDE_AUTO_VALUE bide_value v = { 0 };
        CHECK_CODE(bide_queue_get_nowait(&q, &v), 0);
        CHECK(v.kind == values[sorted[i]].kind && v.i64 == values[sorted[i]].i64);
    }
    bide_queue_clear(&q);
}

TEST(queue_by_priority_orders_numbers_of_both_kinds_and_bytes) {
    bide_value mixed[] = { bide_f64(1e300), bide_i64(2), bide_f64(2.5), bide_i64(3), bide_f64(-1e300), bide_f64(2.0), bide_i64(-7), bide_f64(-6.5) };
    check_order(mixed, 8, (size_t[]){ 4, 6, 7, 1, 5, 2, 3, 0 });
    bide_value reals[] = { bide_f64(3), bide_f64(1), bide_f64(2) };
    check_order(reals, 3, (size_t[]){ 1, 2, 0 });
    bide_value texts[] = { bide_bytes("b", 1), bide_bytes("ab", 2), bide_bytes("a", 1), bide_i64(5) };
    check_order(texts, 4, (size_t[]){ 3, 2, 1, 0 });
    for (int i = 0; i < 3; i++) bide_value_clear(&texts[i]);
    bide_value others[] = { bide_text("b"), bide_text("ab"), bide_bool(true), bide_text("a"), bide_bool(false), bide_bytes("z", 1) };
    check_order(others, 6, (size_t[]){ 5, 3, 1, 0, 4, 2 });
    for (int i = 0; i < 6; i++) bide_value_clear(&others[i]);
    check_order((bide_value[]){ bide_i64(1), bide_f64(NAN) }, 2, (size_t[]){ 0, 1 });
}

TEST(queue_last_in_is_first_out) {
    bide_queue q;
    bide_value v;
    CHECK_CODE(bide_lifo_queue_init(&q, 0), 0);
    for (int i = 0; i < 20; i++) CHECK_CODE(bide_queue_put_nowait(&q, bide_i64(i)), 0);
    for (int i = 19; i >= 0; i--) {
        CHECK_CODE(bide_queue_get_nowait(&q, &v), 0);
        CHECK_INT(v.i64, i);
    }
    CHECK_CODE(bide_queue_get_nowait(&q, &v), BIDE_EEMPTY);
    bide_queue_clear(&q);
}

static int compare_suspends_with;

static int suspending_compare(const bide_value *a, const bide_value *b, void *arg) {
    compare_suspends_with = bide_sleep(0);
    return a->i64 < b->i64 ? -1 : a->i64 > b->i64;
}

TASK_TEST(queue_compare_that_would_suspend_is_refused_and_the_order_holds) {
    bide_queue q;
    bide_value v;
    CHECK_CODE(bide_priority_queue_init(&q, 0, suspending_compare, NULL), 0);
    CHECK_CODE(bide_queue_put(&q, bide_i64(2)), 0);
    CHECK_CODE(bide_queue_put(&q, bide_i64(1)), 0);
    CHECK_CODE(compare_suspends_with, BIDE_ERUNTIME);
    CHECK_CODE(bide_last_error(), 0);
    CHECK_CODE(bide_queue_get(&q, &v), 0);
    CHECK(v.i64 == 1);
    bide_queue_clear(&q);
    return 0;
}

static int putting_text(void *queue) { return bide_queue_put(queue, bide_bytes("text", 4)); }

TASK_TEST(queue_put_that_waits_and_is_cancelled_gives_its_item_up) {
    bide_queue q;
    CHECK_CODE(bide_queue_init(&q, 1), 0);
    CHECK_CODE(bide_queue_put(&q, bide_i64(1)), 0);
    bide_task *t = bide_create_task(putting_text, &q);
    CHECK_CODE(bide_sleep(0), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_join(t, NULL), BIDE_ECANCELED);
    CHECK_INT(bide_queue_qsize(&q), 1);
    bide_queue_clear(&q);
    return 0;
}

static int count_report(bide_loop *loop, const bide_exception_context *context, void *count) {
    CHECK_TEXT(context->message, "Task was destroyed but it is pending!");
    ++*(int *)count;
    return 0;
}

__attribute__((noinline)) static int pass_on(bide_queue *q, bide_value v) { return bide_queue_put(q, v); }

/* Each item is in a frame of its own while the put waits; this function uses its frame again for the next. */
static int putting_numbers(void *queue) {
    for (int i = 0; i < 20; i++) {
        bide_value v = i % 2 ? bide_i64(i) : bide_f64(i);
        BIDE_TRY(i % 3 ? pass_on(queue, v) : bide_queue_put(queue, v));
        CHECK(v.kind == (i % 2 ? BIDE_I64 : BIDE_F64));
    }
    return 0;
}

static int yielding_what_it_puts(void *queue) {
    for (int i = 0; i < 20; i++) {
        BIDE_TRY(pass_on(queue, bide_i64(100 + i)));
        BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
    return 0;
}

static int putting_by_generator(void *queue) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(yielding_what_it_puts, queue);
    int64_t sum = 0;
    BIDE_FOR_EACH(v, g) sum += v.i64;
    CHECK_INT(sum, 190);
    return 0;
}

TASK_TEST(queue_put_that_waits_keeps_its_item) {
    bide_queue q;
    bide_queue_init(&q, 1);
    BIDE_AUTO bide_task *numbers = bide_create_task(putting_numbers, &q), *others = bide_create_task(putting_by_generator, &q);
    int next = 0, next_of_others = 100;
    for (int i = 0; i < 40; i++) {
        bide_value v;
        CHECK_CODE(bide_queue_get(&q, &v), 0);
        if (v.kind == BIDE_I64 && v.i64 >= 100) CHECK_INT(v.i64, next_of_others++);
        else CHECK((v.kind == BIDE_F64 ? v.f64 : (double)v.i64) == next++);
    }
    CHECK_CODE(bide_await(numbers, NULL), 0);
    CHECK_CODE(bide_await(others, NULL), 0);
    bide_queue_clear(&q);
    return 0;
}

TEST(queue_put_that_waits_when_its_loop_is_closed_gives_its_item_up) {
    int reports = 0;
    bide_queue q;
    CHECK_CODE(bide_queue_init(&q, 1), 0);
    CHECK_CODE(bide_queue_put_nowait(&q, bide_i64(1)), 0);
    bide_loop *loop = bide_new_event_loop();
    bide_loop_set_exception_handler(loop, count_report, &reports);
    bide_release(bide_loop_create_task(loop, putting_text, &q));
    bide_loop_stop(loop);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    bide_loop_release(loop);
    CHECK_INT(reports, 1);
    bide_queue_clear(&q);
}

static int nothing_due(void *arg) { return 0; }

TASK_TEST(timeout_used_twice_or_too_late_is_refused) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    CHECK_CODE(bide_timeout_reschedule(&t, 1), BIDE_ERUNTIME);
    CHECK_CODE(bide_timeout_exit(&t, 0), BIDE_ERUNTIME);
    CHECK_CODE(bide_timeout_enter(&t, 1), 0);
    CHECK_CODE(bide_timeout_enter(&t, 1), BIDE_ERUNTIME);
    CHECK_CODE(bide_timeout_exit(&t, bide_sleep(2)), BIDE_ETIMEDOUT);
    CHECK(bide_timeout_expired(&t));
    CHECK_CODE(bide_timeout_reschedule(&t, 9), BIDE_ERUNTIME);
    return 0;
}

/* So many sleepers fill the room that the loop has for timers. */
enum { TIMERS_AT_FIRST = 16 };

TASK_TEST(timeout_that_can_t_be_rescheduled_for_want_of_memory_keeps_its_deadline) {
    bide_timeout t = BIDE_TIMEOUT_INIT, unlimited = BIDE_TIMEOUT_INIT;
    bide_handle *handles[TIMERS_AT_FIRST];
    CHECK_CODE(bide_timeout_enter(&unlimited, INFINITY), 0);
    CHECK_CODE(bide_timeout_enter(&t, 0), 0);
    for (int i = 0; i < TIMERS_AT_FIRST; i++) handles[i] = bide_handle_retain(bide_loop_call_later(NULL, 9, nothing_due, NULL));
    alloc_fail_at(1);
    CHECK_CODE(bide_timeout_reschedule(&unlimited, 5), BIDE_ENOMEM);
    CHECK(alloc_failed());
    CHECK(bide_timeout_when(&unlimited) == INFINITY);
    alloc_fail_at(1);
    CHECK_CODE(bide_timeout_reschedule(&t, 5), BIDE_ENOMEM);
    CHECK(alloc_failed());
    CHECK(bide_timeout_when(&t) == 0);
    alloc_fail_at(0);
    for (int i = 0; i < TIMERS_AT_FIRST; i++) {
        bide_handle_cancel(handles[i]);
        bide_handle_release(handles[i]);
    }
    CHECK_CODE(bide_timeout_exit(&t, bide_sleep(1)), BIDE_ETIMEDOUT);
    CHECK(bide_loop_time(NULL) == 0);
    return bide_timeout_exit(&unlimited, 0);
}

TASK_TEST(timeout_among_the_timers_is_rescheduled_without_memory) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    CHECK_CODE(bide_timeout_enter(&t, 1), 0);
    alloc_fail_at(1);
    CHECK_CODE(bide_timeout_reschedule(&t, 3), 0);
    CHECK(!alloc_failed());
    alloc_fail_at(0);
    CHECK_CODE(bide_timeout_exit(&t, bide_sleep(5)), BIDE_ETIMEDOUT);
    CHECK(bide_loop_time(NULL) == 3);
    return 0;
}

TASK_TEST(wait_for_a_future_of_another_loop_is_refused_whatever_the_timeout) {
    bide_loop *other = bide_new_event_loop();
    bide_future *f = bide_future_new(other);
    CHECK_CODE(bide_wait_for(f, 1, NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_wait_for(f, 0, NULL), BIDE_ERUNTIME);
    CHECK_TEXT(bide_last_message(), "Task got Future attached to a different loop");
    CHECK(!bide_future_done(f));
    bide_release(f);
    bide_loop_release(other);
    return 0;
}

TASK_TEST(task_group_used_before_or_after_is_refused) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    CHECK(bide_task_group_create_task(&g, NULL, NULL) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
    CHECK_CODE(bide_task_group_enter(&g), 0);
    CHECK_CODE(bide_task_group_enter(&g), BIDE_ERUNTIME);
    CHECK_CODE(bide_task_group_exit(&g, 0), 0);
    CHECK_CODE(bide_task_group_exit(&g, 0), BIDE_ERUNTIME);
    return 0;
}

TEST_MAIN
