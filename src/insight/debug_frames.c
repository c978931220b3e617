/* debug_frames.c -- what lies in a frame that has returned, and is still in use.
 *
 * A function's frame is gone when the function returns. The argument of a task or
 * callback may lie there all the same, or an object that tasks wait for, a timeout, a
 * group. What is gone of a suspended task's stack is known: all that lies below its
 * stack pointer, and all of it when its function has returned.
 *
 *   noted      when the argument is given. It is watched if it lies in a frame that has not returned. So a
 *              number that is passed in place of a pointer is not taken for one
 *   looked at  when the task or callback begins; and when the lender, in whose stack it lies, is suspended or ends,
 *              or makes a call that notes its place. Whoever calls has the lowest frame
 *   noticed    in WebAssembly when the frame returns, unless the lender was suspended since it last made such a call
 *
 * A frame that lies below the stack pointer is gone. One above it may be another's, which came to lie there, so a look at a
 * suspended lender alone finds less.
 *
 * A lender's place has the lowest address in its stack that others use. So a step looks
 * through the others only if the frame with that address has returned. */
#include "insight/debug.h"

#include "run/run.h"
#include "task/waiter.h"

#include <string.h>

static const char *frames_of_main;      /* what lies below is no frame of main's; NULL: it has made no run call */
static const char *frames_of_batch;     /* the frames of callbacks lie below; NULL: none can run */

/* ------------------------------------------------------------------ whose frame it is */

/* What was asked last, since many wait for the same object. */
static struct { const void *p; const bide__task *owner; } frames_asked;

static const bide__task *frames_find_owner(const bide_loop *loop, const void *p) {
    const bide__node *tasks = &loop->tasks;
    for (const bide__node *l = tasks->next; l != tasks; l = l->next)
        if (coro_holds(&bide__task_by_link(l)->coro, p)) return bide__task_by_link(l);
    return NULL;
}

const bide__task *bide__frames_owner(const bide_loop *loop, const void *p) {
    if (!loop || !p) return NULL;
    if (frames_asked.p != p) frames_asked.p = p, frames_asked.owner = frames_find_owner(loop, p);
    return frames_asked.owner;
}

/* A stack is new, or will be gone. */
static void frames_ask_anew(void) { frames_asked.p = NULL, frames_asked.owner = NULL; }

/* Whether a task is not suspended: it runs, or has started an eager one that does. It waits for nothing, not even its turn. */
static bool frames_run(const bide__task *t) {
    return t->waiter == BIDE__NO_WAITER && !t->timer.node.next && t->timer.place == 0;
}

/* What stands for the generator that runs, or for the task; NULL: neither runs. *stack is the one that it has. */
static const bide__coroutine *frames_running(const struct coro **stack) {
    const bide_generator *g = bide__current->inside;
    const bide__task *t = bide__task_of(bide_current_task());
    *stack = t ? &t->coro : NULL;
    if (!g || !BIDE__HAS(bide__generator_stack)) return t ? &t->coroutine : NULL;
    if (!t) *stack = bide__generator_stack(g);     /* a plain one */
    return bide__generator_coroutine(g);
}

/* The task in whose stack `p` lies, of those from whose frames the argument of `f` comes. Who hands on what it was given has
 * it from one of them. To go through all tasks whenever one is created would take too long. */
static const bide__task *frames_ancestor(const bide_task *f, const void *p) {
    const bide__place *place;
    while (f && (place = bide__place_of(f)) && place->lender && place->lender->task) {
        f = place->lender->task;
        if (coro_holds(&((const bide__task *)f)->coro, p)) return (const bide__task *)f;
    }
    return NULL;
}

/* The frames that have not returned, and hold `p`: of what runs, of a suspended task, of a callback or of main. What
 * lies above main's frames is taken for main's, too. That does no harm, since it never comes to lie below them. */
static const bide__coroutine *frames_lender(const void *p) {
    const char *here = __builtin_frame_address(0), *at = p;
    const struct coro *stack;
    const bide__coroutine *running = frames_running(&stack);
    if (running && coro_holds(stack, p)) return at >= here ? running : NULL;
    const bide__task *owner = frames_ancestor(bide_current_task(), p);
    if (owner) return frames_run(owner) || !coro_unused(&owner->coro, p) ? &owner->coroutine : NULL;
    if (bide__current == &bide__main_coroutine) return at >= here ? bide__current : NULL;
    if (!running && bide__running && at >= here && at < frames_of_batch) return &bide__running->callbacks;
    return frames_of_main && at >= frames_of_main ? &bide__main_coroutine : NULL;
}

/* Whether the frame of a lender that does not run has returned. A callback's has, when anything else begins. */
static bool frames_are_gone(const bide__coroutine *lender, const void *p) {
    if (lender->task) return coro_unused(&bide__task_of(lender->task)->coro, p);
    if (lender->inside) return coro_unused(bide__generator_stack(lender->inside), p);
    return lender != &bide__main_coroutine || (const char *)p < frames_of_main;
}

void bide__frames_batch(const void *frame) { frames_of_batch = frame; }

/* ------------------------------------------------------------------ what is lent */

/* `p` in the stack of a task or generator is used by others. */
static void frames_lend(const void *lender, uint8_t kind, const void *p) {
    bide__place *place = bide__place_add(lender);
    if (!place) return;
    place->kind = kind;
    if (!place->lent || (const char *)p < (const char *)place->lent) place->lent = p;
}

/* What is made by a call that notes its place as those that suspend do. */
static const char *const frames_calls[] = {
    [BIDE__GIVEN_DONE_CALLBACK] = "bide_future_add_done_callback", [BIDE__GIVEN_DEFERRED] = "bide_defer", [BIDE__GIVEN_READER] = "bide_loop_add_reader",
};

static void frames_set_call(bide__place *p) {
    const char *name = frames_calls[p->kind];
    if (!name || !bide__last_call.name || strcmp(bide__last_call.name, name) != 0) return;
    p->file = bide__last_call.file, p->number = bide__last_call.number;
}

/* See to it that the return of the frame with the lowest address is noticed. */
static void frames_watch(void) {
    bide_task *f = bide__current->task;
    const bide__place *p = f && !bide__current->inside ? bide__place_of(f) : NULL;
    if (p && p->lent && coro_holds(&bide__task_of(f)->coro, __builtin_frame_address(0))) coro_watch(&bide__task_of(f)->coro, p->lent);
}

void bide__debug_unwatch(void) {
    bide_task *f = bide__current->task;
    if (f && coro_holds(&bide__task_of(f)->coro, __builtin_frame_address(0))) coro_watch(&bide__task_of(f)->coro, NULL);
}

void bide__debug_given(const void *to, int kind, const void *arg) {
    const bide__coroutine *lender = arg ? frames_lender(arg) : NULL;
    bide__place *p = lender ? bide__place_add(to) : NULL;
    if (!p) return;
    p->kind = (uint8_t)kind, p->arg = arg, p->lender = lender;
    frames_set_call(p);
    if (lender->task) frames_lend(lender->task, BIDE__GIVEN_FUTURE, arg);
    else if (lender->inside) frames_lend(lender->inside, BIDE__GIVEN_NOTHING, arg);
    frames_watch();
}

void bide__debug_taken(const void *from) {
    bide__place *p = bide__place_of(from);
    if (p) p->lender = NULL;
}

void bide__debug_in_frame(const void *scope) {
    bide_task *f = bide__current->task;
    if (f && !bide__current->inside && coro_holds(&bide__task_of(f)->coro, scope)) frames_lend(f, BIDE__GIVEN_FUTURE, scope);
    frames_watch();
}

void bide__debug_new_task(bide__task *t) {
    coro_paint(&t->coro);
    t->painted = true;
    frames_ask_anew();
    if (!t->owns_arg) bide__debug_given(t, BIDE__GIVEN_FUTURE, t->arg);
}

/* ------------------------------------------------------------------ in words */

/* " in a frame of Task-1 that has returned", and the line's end. */
static void frames_end_line(bide__line *line, const bide__coroutine *lender, bool has_ended, const char *rest) {
    bide__line_text(line, has_ended ? " in the stack of " : " in a frame of ");
    if (lender->task) bide__line_task(line, lender->task);
    else bide__line_text(line, lender->inside ? "a generator" : lender == &bide__main_coroutine ? "main" : "a callback");
    bide__line_text(line, has_ended ? ", which has ended" : " that has returned");
    bide__line_text(line, rest);
    bide__line_end(line);
}

static const char *const frames_kinds[] = {
    [BIDE__GIVEN_HANDLE] = "a callback", [BIDE__GIVEN_DONE_CALLBACK] = "a done callback", [BIDE__GIVEN_DEFERRED] = "a deferred call", [BIDE__GIVEN_READER] = "a reader",
};

static void frames_report_argument(const bide__place *p, bool has_ended) {
    const bool of_task = p->kind == BIDE__GIVEN_FUTURE;
    bide__line *line = bide__debug_line();
    bide__line_text(line, "the argument of ");
    if (of_task) bide__line_task(line, p->object);
    else bide__line_text(line, frames_kinds[p->kind]);
    bide__line_created(line, ", ", p->object);
    bide__line_text(line, ", lies");
    frames_end_line(line, p->lender, has_ended, of_task ? "; bide_create_task_copy gives a task its own copy" : "");
}

static bool frames_report_once(const bide__task *t) {
    bide__place *p = bide__place_add(t);
    const bool first = !p || !p->reported;
    if (p) p->reported = true;
    return first;
}

static void frames_report_queue(const bide__task *t, const bide__task *lender, bool has_ended) {
    if (!frames_report_once(t)) return;
    bide__line *line = bide__debug_line();
    bide__line_queued(line, t);
    bide__line_text(line, ", which lies");
    frames_end_line(line, &lender->coroutine, has_ended, "");
}

static void frames_report_group(const bide__task *t, const bide__task *lender, bool has_ended) {
    if (!frames_report_once(t)) return;
    bide__line *line = bide__debug_line();
    bide__line_task(line, &t->future);
    bide__line_created(line, ", ", t);
    bide__line_text(line, ", is in a task group");
    frames_end_line(line, &lender->coroutine, has_ended, " without bide_task_group_exit");
}

/* ------------------------------------------------------------------ a look at all that a lender has lent */

typedef struct {
    bide__task *lender;
    bool has_ended;               /* its function has returned; else: */
    const char *here;             /* its lowest frame, as it runs; NULL: it is suspended */
    const void *lowest;           /* of what lies in frames that are left; NULL: nothing does */
} frames_look;

static bool frames_are_gone_at(frames_look *look, const void *p) {
    if (!coro_holds(&look->lender->coro, p)) return false;
    if (look->has_ended || (look->here ? (const char *)p < look->here : coro_unused(&look->lender->coro, p))) return true;
    if (!look->lowest || (const char *)p < (const char *)look->lowest) look->lowest = p;
    return false;
}

/* Whether the function that was given an argument may still look at it. */
static bool frames_is_user(const bide__place *p) {
    const bide__task *t = p->object;
    if (p->kind != BIDE__GIVEN_FUTURE) return true;
    return !bide__done(&t->future) && (coro_started(&t->coro) || !t->must_cancel);
}

static void frames_look_at_arguments(frames_look *look) {
    for (bide__place *p = bide__place_next(NULL); p; p = bide__place_next(p)) {
        if (p->lender != &look->lender->coroutine || !frames_is_user(p) || !frames_are_gone_at(look, p->arg)) continue;
        frames_report_argument(p, look->has_ended);
        p->lender = NULL;
    }
}

static void frames_look_at_groups(frames_look *look, const bide__task *t) {
    const bide__node *callbacks = bide__callbacks(&t->future);
    for (const bide__node *n = callbacks->next; n != callbacks; n = n->next)
        if (frames_are_gone_at(look, bide__task_group_of(n))) frames_report_group(t, look->lender, look->has_ended);
}

static void frames_look_at_tasks(frames_look *look) {
    const bide__node *tasks = &look->lender->future.loop->tasks;
    for (const bide__node *l = tasks->next; l != tasks; l = l->next) {
        const bide__task *t = bide__task_by_link(l);
        if (t == look->lender) continue;
        if (t->queue && frames_are_gone_at(look, t->queue)) frames_report_queue(t, look->lender, look->has_ended);
        if (BIDE__HAS(bide__task_group_of)) frames_look_at_groups(look, t);
    }
}

static void frames_look_at_timeouts(frames_look *look) {
    bide__timers *ts = &look->lender->future.loop->timers;
    for (uint32_t i = 0; i < ts->count;) {
        if (!frames_are_gone_at(look, ts->heap[i].timer)) {
            i++;
            continue;
        }
        bide__line *line = bide__debug_line();
        bide__line_text(line, "a timeout is set");
        frames_end_line(line, &look->lender->coroutine, look->has_ended, " without bide_timeout_exit");
        bide__check_drop_timer(ts, i);
    }
}

/* If a frame with something lent has returned. */
static void frames_look_at_all(frames_look look) {
    bide__place *p = bide__place_of(look.lender);
    if (!p || !p->lent || !frames_are_gone_at(&look, p->lent)) return;
    look.lowest = NULL;
    frames_look_at_arguments(&look);
    frames_look_at_tasks(&look);
    frames_look_at_timeouts(&look);
    p->lent = look.lowest;
}

/* ------------------------------------------------------------------ the moments */

void bide__debug_begins(const void *object) {
    bide__place *p = bide__place_of(object);
    if (!p || !p->lender || !frames_is_user(p)) return;
    if (frames_are_gone(p->lender, p->arg)) frames_report_argument(p, false), p->lender = NULL;
    if (p->kind == BIDE__GIVEN_HANDLE || p->kind == BIDE__GIVEN_DONE_CALLBACK) p->lender = NULL;     /* it is called once */
}

/* The object that `t` waits for. While `t` itself waits, the frames of its own stack stay. */
static void frames_look_at_queue(const bide__task *t) {
    const bide__task *owner = t->queue && !coro_holds(&t->coro, t->queue) ? bide__frames_owner(t->future.loop, t->queue) : NULL;
    if (!owner) return;
    if (!frames_run(owner) && coro_unused(&owner->coro, t->queue)) frames_report_queue(t, owner, false);
    else frames_lend(&owner->future, BIDE__GIVEN_FUTURE, t->queue);
}

void bide__frames_suspended(bide__task *t) {
    frames_look_at_queue(t);
    frames_look_at_all((frames_look){ .lender = t });
}

void bide__frames_ended(bide__task *t) {
    frames_look_at_all((frames_look){ .lender = t, .has_ended = true });
    frames_ask_anew();
}

void bide__frames_here(const void *frame) {
    bide_task *f = bide__current->task;
    if (f && bide__debugging(f->loop) && !bide__current->inside && coro_holds(&bide__task_of(f)->coro, frame))
        frames_look_at_all((frames_look){ .lender = bide__task_of(f), .here = frame });
    frames_watch();
}

void bide__debug_raised(const void *sp) {
    bide__debug_unwatch();
    bide__frames_here(sp);
}

void bide__frames_run_call(void) {
    if (bide__run_is_under_way()) return;
    frames_of_main = __builtin_frame_address(0);
    for (bide__place *p = bide__place_next(NULL); p; p = bide__place_next(p))
        if (p->lender == &bide__main_coroutine && frames_is_user(p)) bide__debug_begins(p->object);
}

/* Its stack is still there, unless it never had frames. */
void bide__frames_generator_ended(const bide_generator *g) {
    const bide__place *lender = bide__place_of(g);
    if (!lender || !lender->lent) return;
    for (bide__place *p = bide__place_next(NULL); p; p = bide__place_next(p)) {
        if (!p->lender || p->lender->inside != g || p->lender->task) continue;
        if (frames_is_user(p)) frames_report_argument(p, true);
        p->lender = NULL;
    }
}

/* A task that lent something is freed while its loop closes: nobody looks at it any more. */
void bide__frames_forget(const void *task) {
    if (frames_asked.owner == task) frames_ask_anew();
    const bide__place *lender = bide__place_of(task);
    if (!lender || !lender->lent) return;
    for (bide__place *p = bide__place_next(NULL); p; p = bide__place_next(p))
        if (p->lender == &((const bide__task *)task)->coroutine) p->lender = NULL;
}
