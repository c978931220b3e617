/* turns.c -- the turns of a loop.
 *
 * A turn, as asyncio's _run_once:
 *   1. timers that are due move behind what is ready
 *   2. the ready queue becomes the batch; what is queued from now on waits for the next turn
 *   3. the batch runs
 * The host's time slice may cut a turn short; the rest of the batch goes on later.
 *
 * Tasks are resumed in this file, by the functions that run turns. Asyncify does
 * not instrument a function that drives it. So no generated code stands between
 * the loop and a task, and a switch is two calls deep.
 *
 * Reading the clock costs more than a switch. It is read when the loop is idle, and
 * after `turn_handles` handles: TURN_HANDLES_MOST where they are short, one where each takes long. */
#include "run/run.h"

#include "host.h"
#include "task/waiter.h"

BIDE__FAST;

enum { TURN_HANDLES_MOST = 64 };
/* In seconds: between two looks at the clock no more should pass. */
#define TURN_UNSEEN 0.0005

static unsigned turn_handles = 1;    /* as many run until the next look at the clock */
static double turn_looked;           /* the clock, when it was looked at last */

/* Inline, so that bide__loop_turns keeps its budget in a register; debug mode calls the same functions. */
#define TURN_INLINE __attribute__((always_inline)) static inline

static void turn_move_timers(bide_loop *loop) {
    if (!loop->virtual_time && bide__list_empty(&loop->ready)) loop->now = bide__host_now();
    for (bide__timer *t; (t = bide__timers_pop_due(&loop->timers, loop->now));) bide__loop_push(loop, &t->node);
}

/* Whether the task was cancelled before its first step: then its function never runs. */
static bool turn_never_starts(bide__task *t) {
    if (coro_started(&t->coro)) return false;
    t->must_cancel = false;
    return true;
}

/* Take the next step out; NULL: something else comes first. If nothing else is to be done between two turns, the
 * next turn begins right here. A turn of a single step does not even become the batch. */
static inline bide__node *turn_next_step(bide_loop *loop) {
    bide__node *list = &loop->batch;
    if (bide__list_empty(list)) {
        if (loop->asked || loop->stopping || loop->timers.count > 0 || bide__debugging(loop)) return NULL;
        if (loop->ready.next == loop->ready.prev) list = &loop->ready;
        else bide__list_splice(list, &loop->ready);
    }
    bide__node *n = list->next;
    if (n->type != &bide__step_type) return NULL;
    bide__list_pop(list, n);
    return n;
}

/* Run steps from the front of the batch, one after the other, until `budget` is used up, something else comes,
 * or a task ends. Answers the task that ended, with its code in *rc, else NULL. */
TURN_INLINE bide__task *turn_run_steps(bide_loop *loop, unsigned *budget, int *rc) {
    bool ended;
    bide__task *t;
    bide__node *n = turn_next_step(loop);
    char *home = coro_home();
    do {
        t = bide__task_of_node(n);
        coro_fetch_ahead(&t->coro, &bide__task_of_node(loop->batch.next)->coro, *budget);
        bide__current = &t->coroutine;
        if (t->must_cancel && turn_never_starts(t)) ended = true;
        else ended = coro_resume(&t->coro, t->fn, t->arg, rc);
    } while (--*budget > 0 && !ended && (n = turn_next_step(loop)));
    coro_go_home(home);
    return ended ? t : NULL;
}

/* Run what is at the front of the batch: several steps, or one handle. */
TURN_INLINE void turn_run_some(bide_loop *loop, unsigned *budget) {
    bide__node *n = loop->batch.next;
    if (n->type == &bide__step_type) {
        int rc = BIDE_ECANCELED;
        bide__task *ended = turn_run_steps(loop, budget, &rc);
        if (ended) bide__task_finish(ended, rc);
        bide__current = &loop->callbacks;
        return;
    }
    bide__list_pop(&loop->batch, n);
    --*budget;
    n->type->run(n);
}

/* The next budget, after a look at the clock. */
static unsigned turn_budget(double now) {
    if (now - turn_looked > TURN_UNSEEN) turn_handles = 1;
    else if (turn_handles < TURN_HANDLES_MOST) turn_handles *= 2;
    turn_looked = now;
    return turn_handles;
}

/* Run what is left of the batch; false: `deadline` has passed. */
TURN_INLINE bool turn_run_batch(bide_loop *loop, double deadline, unsigned *budget) {
    while (!bide__list_empty(&loop->batch)) {
        turn_run_some(loop, budget);
        if (*budget > 0) continue;
        double now = bide__host_now();
        *budget = turn_budget(now);
        if (!loop->virtual_time) loop->now = now;
        if (now >= deadline) return false;
    }
    return true;
}

/* One step or handle: debug mode takes them one by one. */
CORO_LEAF void bide__loop_run_front(bide_loop *loop) {
    unsigned budget = 1;
    turn_run_some(loop, &budget);
}

CORO_LEAF bide__turns bide__loop_turns(bide_loop *loop, double deadline) {
    bide__coroutine *outer = bide__current;
    bide__turns end = BIDE__SLICE_OVER;
    unsigned budget = turn_handles;
    bide__current = &loop->callbacks;
    if (BIDE__HAS(bide_dump)) bide__loop_now(loop);      /* the dump tells since when tasks wait */
    while (bide__debugging(loop) ? bide__debug_batch(loop, deadline) : turn_run_batch(loop, deadline, &budget)) {
        if (loop->asked & BIDE__ASKED_INTERRUPT) bide__loop_interrupt();
        const bool stopping = loop->stopping && loop->running, turn_over = loop->in_turn;
        loop->in_turn = false;
        if (stopping && turn_over) { end = BIDE__STOPPED; break; }
        if (loop->asked) { loop->asked = 0; break; }
        if (loop->timers.count > 0) turn_move_timers(loop);
        if (bide__list_empty(&loop->ready)) { end = stopping ? BIDE__STOPPED : BIDE__IDLE; break; }
        bide__list_splice(&loop->batch, &loop->ready);
        loop->in_turn = true;
    }
    bide__current = outer;
    return end;
}

double bide__loop_wait(bide_loop *loop) {
    if (bide__debugging(loop)) bide__debug_idle(loop);
    double next = bide__timers_next(&loop->timers);
    bool host_owes = loop->host_operations > 0 || loop->readers;
    if (next == INFINITY) return host_owes || bide__host_may_be_called() ? INFINITY : -1;
    if (!loop->virtual_time) {
        double now = bide__loop_now(loop);
        return next > now ? next - now : 0;
    }
    if (host_owes) return INFINITY;
    if (next > loop->now) loop->now = next;
    return 0;
}
