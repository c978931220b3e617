/* task.c -- a function that runs concurrently, on a stack of its own.
 *
 * A task that is not done is in one of three states, as asyncio's:
 *   waiting       it awaits a future, or its private waiter is PENDING
 *   step queued   its node is in the ready queue
 *   running       bide__current is its coroutine
 * Its node is in one list at most: among the callbacks of the future that it
 * awaits, or in the ready queue (as a step, or as a timer that is due).
 */
#include "task/report.h"
#include "task/waiter.h"

BIDE__FAST;

/* The pool places a block of whole lines at the start of a line. So what a switch needs lies in the task's last one. */
_Static_assert(sizeof(void *) != 4 || (sizeof(bide__task) == 192 && offsetof(bide__task, timer) == 132), "order bide__task anew");

static void task_drop_step(bide__node *n) { (void)n; }       /* a loop that closes abandons its tasks one by one */

static void task_run_step(bide__node *n) { (void)n; }        /* bide__loop_turns runs steps itself */
const bide__node_type bide__step_type = { task_run_step, task_drop_step };

static void task_timer_due(bide__node *n) { bide__wake(bide__task_of_node(n)); }
const bide__node_type bide__task_timer_type = { task_timer_due, task_drop_step };

static uint32_t task_names_given;

bide__task *bide__outside(void) {
    BIDE__TEXT(outside, "not called from a task");
    if (BIDE__HAS(bide__generator_refuses) && bide__current->inside) return bide__generator_refuses(), NULL;
    return BIDE__FAIL_HERE(BIDE_ERUNTIME, outside), NULL;
}

bide_task *bide_current_task(void) {
    return !bide__current->task && BIDE__HAS(bide__pinned_task) ? bide__pinned_task() : bide__current->task;
}

static size_t task_size(const bide__task *t) { return sizeof *t + (t->has_near ? CORO_NEAR * sizeof *t->near : 0); }

/* Write all fields that are read before they are written. No more: with many tasks each store counts. */
static void task_init(bide__task *t, bide_loop *loop, bide_fn *fn) {
    bide__future_init(&t->future, loop, &bide__task_type);
    t->timer.node.type = &bide__step_type, t->timer.place = 0;
    t->queue = NULL;
    t->coroutine = (bide__coroutine){ .task = &t->future, .result = &t->future.value };
    t->coroutine.own.vars = bide__inherit();
    t->fn = fn, t->arg = NULL;
    t->awaits = NULL, t->deferred = NULL;
    t->scopes = 0;
    t->cancelling = 0, t->waiter = BIDE__NO_WAITER;
    t->must_cancel = t->was_woken = t->implicit = t->leftover = t->painted = t->asked = false;
    t->is_named = t->owns_arg = t->has_near = t->puts = false;
}

static void task_free_stack(bide__task *t) {
    coro_free(&t->coro);
    bide__coroutine_clear(&t->coroutine);
    if (BIDE__HAS(bide__task_free_arg)) bide__task_free_arg(t);
    t->arg = NULL;
}

/* The destructors of its thread-specific data, which can't wait any more. Inlined, it would take stack where it is not called. */
static __attribute__((noinline)) void task_end_keys(bide__task *t) {
    bide__coroutine *outer = bide__current, own = { .task = NULL };
    bide__current = &own;
    bide__keys_end((uint32_t)(uintptr_t)t);
    bide__coroutine_clear(&own);
    bide__current = outer;
}

/* Its function is over, or will never go on. */
static void task_call_ends(bide__task *t, bool cancelled) {
    if (BIDE__HAS(bide__run_deferred)) bide__run_deferred(&t->future, cancelled);
    if (BIDE__HAS_OUTER(bide__keys_end)) task_end_keys(t);
    if (BIDE__HAS_OUTER(bide__promises_left) && t->asked) bide__promises_left(t);
}

static void task_destroy(bide_future *f) {
    bide__task *t = bide__task_of(f);
    if (BIDE__HAS(bide__task_free_name)) bide__task_free_name(t);
    if (BIDE__HAS(bide__context_leave)) bide__context_leave(&t->coroutine);
    bide__future_free(f, task_size(t));
}

bide_task *bide__task_new(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) {
    BIDE__TEXT(closed, "Event loop is closed");
    const bide_task_options *o = BIDE__HAS(bide__task_take_options) ? options : NULL;
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed), NULL;
    const size_t stack = o ? bide__task_stack_size(o) : BIDE_STACK_SIZE;
    if (stack == 0) return NULL;
    const bool has_near = coro_wants_near(stack);
    bide__task *t = bide__alloc(sizeof *t + (has_near ? CORO_NEAR * sizeof *t->near : 0));
    if (!t) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    bide_task *f = &t->future;
    task_init(t, loop, fn);
    t->has_near = has_near, t->arg = arg;
    if (!coro_init(&t->coro, stack, has_near ? t->near : NULL) || (o && !bide__task_take_options(t, o))) return task_free_stack(t), task_destroy(f), bide__fail_plain(BIDE_ENOMEM), NULL;
    if (bide__debugging(loop)) bide__debug_new_task(t);
    if (!t->is_named) t->number = bide__task_is_call(t) ? 0 : ++task_names_given;
    bide__list_add(&loop->tasks, &f->link);
    f->refs++;                             /* the loop's reference, until the task is done */
    bide__loop_push(loop, &t->timer.node);
    return f;
}

bide_task *bide__task_create(bide_loop *loop, bide_fn *fn, void *arg) {
    if (BIDE__HAS(bide__task_by_factory) && loop->task_factory) return bide__task_by_factory(loop, NULL, fn, arg);
    return bide__task_new(loop, NULL, fn, arg);
}

/* Put what the function ended with into the future; answers the future's state. */
static bide__state task_settle(bide__task *t, int rc) {
    BIDE__TEXT(stop, "coroutine raised StopIteration");
    if (t->must_cancel == BIDE__CANCEL_MET) rc = 0;        /* and so it is cancelled */
    bide__blob *message = bide__message_of(&t->coroutine, rc);
    if (rc == BIDE_ESTOP) rc = BIDE_ERUNTIME, message = &stop.head;
    if (rc == 0 && !t->must_cancel) return BIDE__FINISHED;
    bide__clear(&t->future.value);
    t->must_cancel = false;
    if (rc == 0) return BIDE__CANCELLED;
    if (rc != BIDE_ECANCELED || message) bide__set_error(&t->future.value, rc, message);
    return rc == BIDE_ECANCELED ? BIDE__CANCELLED : BIDE__FINISHED;
}

void bide__task_finish(bide__task *t, int rc) {
    bide_future *f = &t->future;
    bide__state state = task_settle(t, bide__returned(rc));
    if (bide__debugging(f->loop)) bide__debug_ended(t);
    task_call_ends(t, state == BIDE__CANCELLED);
    task_free_stack(t);
    bide__list_remove(&f->link);
    bide__future_complete(f, state);
    bide__current = &f->loop->callbacks;
    bide__release(f);
}

void bide__task_abandon(bide__task *t) {
    bide_future *f = &t->future;
    bide__timers_remove(&f->loop->timers, &t->timer);
    bide__list_remove(&t->timer.node);
    bide__waiters_remove(t);
    t->waiter = BIDE__NO_WAITER;
    if (!t->implicit) bide__loop_error(f->loop, "Task was destroyed but it is pending!", NULL, f, NULL);
    bide_value_clear(&f->value);
    if (t->puts) bide_value_clear(t->out);
    task_call_ends(t, true);
    bide__future_complete(f, BIDE__CANCELLED);
}

void bide__task_bury(bide__task *t) {
    bide__list_remove(&t->future.link);
    if (BIDE__HAS(bide__generators_abandon)) bide__generators_abandon(&t->coroutine);
    task_free_stack(t);
    bide_release(t->awaits);
    t->awaits = NULL;
    for (; t->scopes > 0; t->scopes--) bide_release(&t->future);     /* the frames that had these references are gone */
    bide_release(&t->future);
}

const bide__future_type bide__task_type = { "Task", bide__task_cancel, task_destroy };

size_t bide_task_stack_used(const bide_task *f) {
    if (!bide__is_task(f)) return 0;
    if (BIDE__HAS(bide__debug_measure)) bide__debug_measure((bide__task *)f);
    return coro_used(&((const bide__task *)f)->coro);
}

size_t bide_all_tasks(bide_loop *loop, bide_task **out, size_t room) {
    size_t n = 0;
    loop = bide__loop(loop);
    for (size_t i = 0; i < room; i++) out[i] = NULL;
    if (!loop) return 0;
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) {
        bide_future *f = bide__future_by_link(l);
        if (bide__done(f)) continue;       /* the loop is closing, and has abandoned it */
        if (n < room) out[n] = bide_retain(f);
        n++;
    }
    return n;
}
