/* loop.c -- the event loop: ready queue, turns, life cycle.
 *
 * A turn, as asyncio's _run_once:
 *   1. timers that are due are moved behind what is ready
 *   2. the ready queue becomes the batch; what is queued from now on waits for the next turn
 *   3. the batch runs
 * A turn may be cut short by its host's time slice; the rest of the batch goes on later.
 *
 * Tasks are resumed right here: a function that drives Asyncify is not itself
 * instrumented, so no generated code stands between the loop and a task, and a
 * switch is two calls deep. The clock is read when idle and every CLOCK_EVERY
 * handles, since reading it costs more than a switch. */
#include "internal.h"

enum { CLOCK_EVERY = 64, FETCH_EVERY = 8 };

/* Debug mode has a second caller for what a turn is made of; the first keeps its budget in a register. */
#define IN_PLACE __attribute__((always_inline)) static inline

bide_loop *bide__running;
static bide_loop *current_loop;      /* bide_set_event_loop's; counted */

/* ------------------------------------------------------------------ turns */

static void move_timers(bide_loop *loop) {
    if (!loop->virtual_time && bide__list_empty(&loop->ready)) loop->now = bide__host_now();
    for (bide__timer *t; (t = bide__timers_pop_due(&loop->timers, loop->now));) bide__loop_push(loop, &t->node);
}

/* Cancelled before its first step: its function never runs. */
static bool never_starts(bide__task *t) {
    if (coro_started(&t->coro)) return false;
    t->must_cancel = false;
    return true;
}

/* Tasks that were made one after another lie one after another, so from where the next one lies can be guessed where
 * later ones do; fetched together, they cost little more than one. For fewer the processor does that by itself. */
static inline void fetch_ahead(const bide__task *t, const bide__node *next) {
    uintptr_t node = (uintptr_t)&t->timer.node, distance = (uintptr_t)next - node, frames = (uintptr_t)coro_frames(&t->coro);
    for (uintptr_t i = FETCH_EVERY; i < 2 * FETCH_EVERY; i++) {
        coro_fetch(node + i * distance);
        coro_fetch(frames + i * distance);
    }
}

/* Take the next step out; NULL: something else comes first. Between two turns there may be nothing else to see to:
 * then the next one begins right here, and if it is of one step alone, without being made the batch. */
static inline bide__node *next_step(bide_loop *loop) {
    bide__node *list = &loop->batch;
    if (bide__list_empty(list)) {
        if (loop->interrupted || loop->stopping || loop->timers.count > 0 || bide__debugging(loop)) return NULL;
        if (loop->ready.next == loop->ready.prev) list = &loop->ready;
        else bide__list_splice(list, &loop->ready);
    }
    bide__node *n = list->next;
    if (n->type != &bide__step_type) return NULL;
    bide__list_pop(list, n);
    return n;
}

/* Run steps from the front of the batch, from one straight to the next, until
 * `budget` is used up, something else comes, or a task ends: that one, with its code. */
IN_PLACE bide__task *run_steps(bide_loop *loop, unsigned *budget, int *rc) {
    bool ended;
    bide__task *t;
    bide__node *n = next_step(loop);
    char *home = coro_home();
    do {
        t = bide__task_of_node(n);
        if (*budget % FETCH_EVERY == 0 && coro_are_many()) fetch_ahead(t, loop->batch.next);
        bide__current = &t->coroutine;
        if (t->must_cancel && never_starts(t)) ended = true;
        else ended = coro_resume(&t->coro, t->fn, t->arg, rc);
    } while (--*budget > 0 && !ended && (n = next_step(loop)));
    coro_go_home(home);
    return ended ? t : NULL;
}

/* Run what is at the front of the batch: steps in a row, or one handle. */
IN_PLACE void run_some(bide_loop *loop, unsigned *budget) {
    bide__node *n = loop->batch.next;
    if (n->type == &bide__step_type) {
        int rc = BIDE_ECANCELED;
        bide__task *ended = run_steps(loop, budget, &rc);
        if (ended) bide__task_finish(ended, rc);
        bide__current = &loop->callbacks;
        return;
    }
    bide__list_pop(&loop->batch, n);
    --*budget;
    n->type->run(n);
}

/* Run what is left of the batch; false: `deadline` has passed. */
IN_PLACE bool run_batch(bide_loop *loop, double deadline, unsigned *budget) {
    while (!bide__list_empty(&loop->batch)) {
        run_some(loop, budget);
        if (*budget > 0) continue;
        *budget = CLOCK_EVERY;
        double now = bide__host_now();
        if (!loop->virtual_time) loop->now = now;
        if (now >= deadline) return false;
    }
    return true;
}

/* One step or handle: debug mode takes them one by one. */
CORO_LEAF void bide__loop_run_front(bide_loop *loop) {
    unsigned budget = 1;
    run_some(loop, &budget);
}

CORO_LEAF bide__turns bide__loop_turns(bide_loop *loop, double deadline) {
    bide__coroutine *outer = bide__current;
    bide__turns end = BIDE__SLICE_OVER;
    unsigned budget = CLOCK_EVERY;
    bide__current = &loop->callbacks;
    if (bide_dump) bide__loop_now(loop);      /* it tells since when tasks wait */
    while (bide__debugging(loop) ? bide__debug_batch(loop, deadline) : run_batch(loop, deadline, &budget)) {
        if (loop->interrupted) bide__loop_interrupt();
        const bool stopping = loop->stopping && loop->running, turn_over = loop->in_turn;
        loop->in_turn = false;
        if (stopping && turn_over) { end = BIDE__STOPPED; break; }
        if (loop->timers.count > 0) move_timers(loop);
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

double bide__loop_now(bide_loop *loop) {
    if (!loop->virtual_time) loop->now = bide__host_now();
    return loop->now;
}

double bide_loop_time(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? bide__loop_now(loop) : NAN;
}

/* ------------------------------------------------------------------ which loop */

bide_loop *bide_get_running_loop(void) {
    BIDE__TEXT(none, "no running event loop");
    if (!bide__running) bide__fail(BIDE_ERUNTIME, &none.head);
    return bide__running;
}

bide_loop *bide__default_get_loop(bide_event_loop_policy *policy) {
    BIDE__TEXT(none, "There is no current event loop");
    (void)policy;
    if (!current_loop) bide__fail(BIDE_ERUNTIME, &none.head);
    return current_loop;
}

bide_loop *bide_get_event_loop(void) {
    if (bide__running) return bide__running;
    return bide__policy ? bide__policy()->get_event_loop(bide__policy()) : bide__default_get_loop(NULL);
}

bide_loop *bide__loop(bide_loop *loop) { return loop ? loop : bide_get_event_loop(); }

void bide__default_set_loop(bide_event_loop_policy *policy, bide_loop *loop) {
    bide_loop *old = current_loop;
    (void)policy;
    current_loop = loop ? bide__loop_retain(loop) : NULL;
    if (old) bide__loop_unref(old);
}

void bide_set_event_loop(bide_loop *loop) {
    if (bide__policy) bide__policy()->set_event_loop(bide__policy(), loop);
    else bide__default_set_loop(NULL, loop);
}

/* ------------------------------------------------------------------ life */

bide_loop *bide__default_new_loop(bide_event_loop_policy *policy) {
    (void)policy;
    bide_loop *loop = bide__alloc(sizeof *loop);
    if (!loop) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    *loop = (bide_loop){ .refs = 1, .virtual_time = bide__host_virtual_time() };
    bide__list_init(&loop->ready);
    bide__list_init(&loop->batch);
    bide__list_init(&loop->tasks);
    bide__list_init(&loop->failed);
    bide__list_init(&loop->generators);
    if (&bide__debug) bide__debug_new_loop(loop);
    return loop;
}

bide_loop *bide_new_event_loop(void) {
    return bide__policy ? bide__policy()->new_event_loop(bide__policy()) : bide__default_new_loop(NULL);
}

void bide__loop_free(bide_loop *loop) { bide__free(loop, sizeof *loop); }

void bide_loop_release(bide_loop *loop) {
    if (!loop) return;
    if (!loop->running) bide_ignore(bide_loop_close(loop));
    bide__loop_unref(loop);
}

bool bide_loop_is_running(const bide_loop *loop) { return loop ? loop->running : bide__running != NULL; }
bool bide_loop_is_closed(const bide_loop *loop) { return loop && loop->closed; }

void bide_loop_stop(bide_loop *loop) {
    loop = bide__loop(loop);
    if (!loop) return;
    loop->stopping = true;
    bide__host_wake(loop);
}

static void drop_all(bide__node *list) {
    while (!bide__list_empty(list)) {
        bide__node *n = list->next;
        bide__list_remove(n);
        n->type->drop(n);
    }
}

static void drop_timers(bide__timers *ts) {
    for (bide__timer *t; (t = bide__timers_pop_due(ts, INFINITY));) t->node.type->drop(&t->node);
    bide__timers_free(ts);
}

static void report_failed(bide_loop *loop) {
    while (!bide__list_empty(&loop->failed)) {
        bide_future *f = bide_retain(bide__future_by_link(loop->failed.next));
        bide__future_unretrieved(f);
        bide_release(f);
    }
}

int bide_loop_close(bide_loop *loop) {
    BIDE__TEXT(running, "Cannot close a running event loop");
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    if (loop->running) return BIDE__FAIL(BIDE_ERUNTIME, running);
    if (loop->closed) return 0;
    bide__loop_retain(loop);
    loop->closed = true;
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) bide__task_abandon(bide__task_by_link(l));
    drop_all(&loop->batch);
    drop_all(&loop->ready);
    drop_timers(&loop->timers);
    bide__readers_free(loop);
    while (!bide__list_empty(&loop->tasks)) bide__task_bury(bide__task_by_link(loop->tasks.next));
    if (bide__generators_forget) bide__generators_forget(loop);
    report_failed(loop);
    bide__loop_unref(loop);
    return 0;
}
