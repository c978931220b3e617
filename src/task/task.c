/* task.c -- a function that runs concurrently, on a stack of its own.
 *
 * A task that is not done is in one of three states, as asyncio's:
 *   waiting       it awaits a future, or its private waiter is PENDING
 *   step queued   its node is in the ready queue
 *   running       bide__current is its coroutine
 * Its node is in one list at most: among the callbacks of the future that it
 * awaits, or in the ready queue (as a step, or as a timer that is due).
 *
 * A cancel request goes on to what the task waits for. If that refuses, or the task
 * waits for nothing, must_cancel is set, and the request strikes at the next
 * suspension, or instead of the first step. */
#include "task/report.h"
#include "task/waiter.h"

#include <string.h>

BIDE__FAST;

enum { TASK_STACK_LIMIT = 1 << 30 };

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
    BIDE__TEXT(plain, "a plain generator cannot wait; bide_async_generator_new makes one that can");
    if (bide__current->inside) return BIDE__FAIL_HERE(BIDE_ERUNTIME, plain), NULL;
    return BIDE__FAIL_HERE(BIDE_ERUNTIME, outside), NULL;
}

bide_task *bide_current_task(void) {
    return !bide__current->task && BIDE__HAS(bide__pinned_task) ? bide__pinned_task() : bide__current->task;
}

static char *task_copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = bide__alloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static void task_free_name(bide__task *t) {
    if (t->is_named) bide__free(t->name, strlen(t->name) + 1);
}

/* Takes `name` for a task without one; NULL: no memory. */
static char *task_take_name(bide__task *t, char *name) {
    if (!name) return NULL;
    t->is_named = true;
    return t->name = name;
}

/* The arguments, copied. */
typedef struct { _Alignas(max_align_t) size_t size; } task_copy;

static void *task_copy_arg(const void *arg, size_t size) {
    task_copy *copy = bide__alloc(sizeof *copy + size);
    if (!copy) return NULL;
    copy->size = size;
    return memcpy(copy + 1, arg, size);
}

static void task_free_arg(bide__task *t) {
    if (t->owns_arg) {
        task_copy *copy = (task_copy *)t->arg - 1;
        bide__free(copy, sizeof *copy + copy->size);
    }
    t->arg = NULL, t->owns_arg = false;
}

static size_t task_size(const bide__task *t) { return sizeof *t + (t->has_near ? CORO_NEAR * sizeof *t->near : 0); }

static size_t task_stack_size(const bide_task_options *o) {
    return o->stack_size == 0 ? BIDE_STACK_SIZE : o->stack_size < BIDE_STACK_MIN ? BIDE_STACK_MIN : o->stack_size;
}

/* Give it stack, name and copy of the arguments. False: no memory; task_free_stack and task_destroy free what there is. */
static bool task_equip(bide__task *t, const bide_task_options *o, void *arg) {
    if (!coro_init(&t->coro, task_stack_size(o), t->has_near ? t->near : NULL)) return false;
    if (o->name && !task_take_name(t, task_copy_text(o->name))) return false;
    if (o->arg_size == 0) return t->arg = arg, true;
    t->arg = task_copy_arg(arg, o->arg_size);
    return t->owns_arg = t->arg != NULL;
}

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
    task_free_arg(t);
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
    task_free_name(t);
    if (BIDE__HAS(bide__context_leave)) bide__context_leave(&t->coroutine);
    bide__future_free(f, task_size(t));
}

bide_task *bide__task_new(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) {
    BIDE__TEXT(closed, "Event loop is closed");
    BIDE__TEXT(too_large, "stack_size or arg_size is more than 1 GiB");
    static const bide_task_options defaults;
    if (!options) options = &defaults;
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed), NULL;
    if (options->stack_size > TASK_STACK_LIMIT || options->arg_size > TASK_STACK_LIMIT) return BIDE__FAIL(BIDE_EVALUE, too_large), NULL;
    const bool has_near = coro_wants_near(task_stack_size(options));
    bide__task *t = bide__alloc(sizeof *t + (has_near ? CORO_NEAR * sizeof *t->near : 0));
    if (!t) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    bide_task *f = &t->future;
    task_init(t, loop, fn);
    t->has_near = has_near;
    if (!task_equip(t, options, arg)) return task_free_stack(t), task_destroy(f), bide__fail_plain(BIDE_ENOMEM), NULL;
    if (bide__debugging(loop)) bide__debug_new_task(t);
    if (!t->is_named) t->number = bide__task_is_call(t) ? 0 : ++task_names_given;
    bide__list_add(&loop->tasks, &f->link);
    f->refs++;                             /* the loop's reference, until the task is done */
    bide__loop_push(loop, &t->timer.node);
    return f;
}

bide_task *bide__task_create(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) {
    if (BIDE__HAS(bide__task_by_factory) && loop->task_factory) return bide__task_by_factory(loop, options, fn, arg);
    return options ? bide_task_new(loop, options, fn, arg) : bide__task_new(loop, NULL, fn, arg);
}

/* Put what the function ended with into the future; answers the future's state. */
static bide__state task_settle(bide__task *t, int rc) {
    BIDE__TEXT(stop, "coroutine raised StopIteration");
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

/* ---------------------------------------------------------------- cancelling */

static bool task_cancel_waiter(bide__task *t) {
    if (t->waiter != BIDE__WAITER_PENDING) return false;
    bide__waiter_settle(t, BIDE__WAITER_CANCELLED);
    return true;
}

/* Tasks that await each other in a ring would never run. One is taken out of the ring, and the error is delivered to it. */
static bool task_break_ring(bide__task *t) {
    bide__task_schedule(t);
    t->must_cancel = BIDE__CANCEL_DUE;
    return true;
}

/* A chain of tasks that await each other is walked, not recursed into: the caller's stack may be small.
 * The walk notices a ring when it comes to a task that it remembers. It remembers one at each power of two (Brent's
 * algorithm). */
static bool task_cancel(bide_future *f) {
    const bide_future *passed = f;
    for (uint32_t steps = 1, mark = 2;; steps++) {
        bide__task *t = bide__task_of(f);
        bide__future_retrieved(f);
        t->cancelling++;
        bide_future *awaited = t->awaits;
        if (!awaited) return task_cancel_waiter(t) || (t->must_cancel = BIDE__CANCEL_DUE);
        if (awaited == passed) return task_break_ring(t);
        if (bide__is_task(awaited) && !bide__done(awaited)) {
            if (steps == mark) passed = awaited, mark *= 2;
            f = awaited;
            continue;
        }
        if (bide_future_cancel(awaited)) return true;
        return BIDE__HAS(bide__gather_is_walked) && bide__gather_is_walked(awaited) ? task_break_ring(t) : (t->must_cancel = BIDE__CANCEL_DUE);
    }
}

const bide__future_type bide__task_type = { "Task", task_cancel, task_destroy };

bool bide_task_cancel(bide_task *t) { return bide_future_cancel(t); }

int bide_task_uncancel(bide_task *f) {
    if (!bide__is_task(f)) return 0;
    bide__task *t = bide__task_of(f);
    if (t->cancelling > 0 && --t->cancelling == 0) t->must_cancel = false;
    return t->cancelling;
}

int bide_task_cancelling(const bide_task *t) { return bide__is_task(t) ? ((const bide__task *)t)->cancelling : 0; }

/* ---------------------------------------------------------------- names */

/* "Task-" and the number; NULL: no memory. */
static char *task_numbered_name(uint32_t number) {
    bide__line line = { .size = 0 };
    bide__line_text(&line, "Task-");
    bide__line_number(&line, (long)number);
    return task_copy_text(line.text);
}

const char *bide_task_get_name(const bide_task *f) {
    if (!bide__is_task(f)) return NULL;
    bide__task *t = (bide__task *)f;
    if (t->is_named) return t->name;
    return task_take_name(t, bide__task_is_call(t) ? task_copy_text(bide__js_call_name(t->number)) : task_numbered_name(t->number));
}

int bide_task_set_name(bide_task *f, const char *name) {
    if (!f) return bide__null_future();
    if (!bide__is_task(f)) return bide__fail_plain(BIDE_ETYPE);
    if (!name) return bide__fail_plain(BIDE_EVALUE);
    char *copy = task_copy_text(name);
    if (!copy) return bide__fail_plain(BIDE_ENOMEM);
    task_free_name(bide__task_of(f));
    task_take_name(bide__task_of(f), copy);
    return 0;
}

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
