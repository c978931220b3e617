/* waiter.h -- a task's private waiter, and the queues in which tasks wait (waiter.c). */
#ifndef BIDE_WAITER_H
#define BIDE_WAITER_H

#include "task/task.h"

/* ---------------------------------------------------------------- the private waiter */

/* The rare ends of the inline functions below. */
void bide__waiter_strike(bide__task *t);
int bide__waiter_fail(bide__task *t);
/* A pending private wait is over, as DONE or CANCELLED, while its timer may be set, or about to run. */
void bide__waiter_settle(bide__task *t, bide__waiter_state state);

/* A wait begins: when, for the dump. */
static inline uint32_t bide__milliseconds(double seconds) { return seconds < 4e15 ? (uint32_t)(int64_t)(seconds * 1e3) : 0; }
static inline void bide__note_since(bide__task *t) {
    if (BIDE__HAS(bide_dump)) t->since = bide__milliseconds(t->future.loop->now);
}

/* Begin a private wait, just before coro_suspend. A cancel request that is due strikes at once. */
static inline void bide__waiter_begin(bide__task *t, const char *waits_for) {
    t->waits_for = waits_for;
    bide__note_since(t);
    t->waiter = BIDE__WAITER_PENDING;
    if (t->must_cancel) bide__waiter_strike(t);
}

void bide__waiters_remove(bide__task *t);          /* harmless if in none */

/* End it when the task runs again: 0 or BIDE_ECANCELED. */
static inline int bide__waiter_end(bide__task *t) {
    uint8_t ended = t->waiter;
    t->waiter = BIDE__NO_WAITER;
    t->was_woken = ended == BIDE__WAITER_DONE;
    if (t->queue) bide__waiters_remove(t);
    return ended == BIDE__WAITER_CANCELLED || t->must_cancel ? bide__waiter_fail(t) : 0;
}

/* Complete the private wait of `t`, unless it is over already. It has no timer, or that is what runs. */
static inline void bide__wake(bide__task *t) {
    if (t->waiter != BIDE__WAITER_PENDING) return;
    t->waiter = BIDE__WAITER_DONE;
    t->timer.node.type = &bide__step_type;
    bide__loop_push(t->future.loop, &t->timer.node);
}

/* Begin and end, with a suspension between. */
int bide__wait(bide__task *t, const char *waits_for);

/* ---------------------------------------------------------------- queues of waiting tasks, in the caller's memory */

static inline bide__task *bide__task_of_place(const struct bide__waiter *w) {
    return (bide__task *)((char *)w - offsetof(bide__task, place));
}

/* Before those who wait in a caller's object are woken or joined. */
static inline void bide__check_waiters(bide__waiters *ws) {
    if (BIDE__HAS(bide__debug) && ws->first) bide__debug_check_waiters(ws);
}

static inline void bide__waiters_add(bide__waiters *ws, bide__task *t) {
    bide__check_waiters(ws);
    t->queue = ws;
    t->place = (struct bide__waiter){ .next = NULL, .prev = ws->last };
    if (ws->last) ws->last->next = &t->place;
    else ws->first = &t->place;
    ws->last = &t->place;
}

/* Take the first out; there is one. */
static inline bide__task *bide__waiters_pop(bide__waiters *ws) {
    bide__task *t = bide__task_of_place(ws->first);
    ws->first = t->place.next;
    if (ws->first) ws->first->prev = NULL;
    else ws->last = NULL;
    t->queue = NULL;
    return t;
}

/* Queue up and begin to wait. Not inline, so that the callers' ways without a wait are short. */
void bide__waiters_enter(bide__waiters *ws, bide__task *t, const char *waits_for);
/* Wake the first that was neither woken nor cancelled; false: there is none. */
bool bide__wake_first(bide__waiters *ws);
/* Whether anyone stands there that is not cancelled. */
bool bide__waiters_any(const bide__waiters *ws);
/* Wait in a queue: 0 or BIDE_ECANCELED; t->was_woken tells whether a wake-up came before a cancellation. */
int bide__wait_in(bide__waiters *ws, bide__task *t, const char *waits_for);

#endif
