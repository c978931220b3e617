/* waiter.c -- a task's private waiter, and the queues in which tasks wait.
 *
 * asyncio makes a future for each wait. Here a state in the task is enough, since a
 * task waits for one thing at a time. So blocking allocates nothing.
 *
 * A task that was woken or cancelled keeps its place in the queue until it runs
 * again, as asyncio's futures do in their deques. Who may pass whom depends on it. */
#include "task/waiter.h"

BIDE__FAST;

void bide__waiter_settle(bide__task *t, bide__waiter_state state) {
    t->waiter = state;
    bide__timers_remove(&t->future.loop->timers, &t->timer);
    bide__task_schedule(t);
}

/* A cancel request was due when the wait began. */
void bide__waiter_strike(bide__task *t) {
    t->must_cancel = false;
    bide__waiter_settle(t, BIDE__WAITER_CANCELLED);
}

int bide__waiter_fail(bide__task *t) {
    t->must_cancel = false;
    return bide__fail_plain(BIDE_ECANCELED);
}

bool bide__wake_first(bide__waiters *ws) {
    bide__check_waiters(ws);
    for (struct bide__waiter *w = ws->first; w; w = w->next) {
        bide__task *t = bide__task_of_place(w);
        if (t->waiter != BIDE__WAITER_PENDING) continue;
        bide__wake(t);
        return true;
    }
    return false;
}

bool bide__waiters_any(const bide__waiters *ws) {
    for (struct bide__waiter *w = ws->first; w; w = w->next)
        if (bide__task_of_place(w)->waiter != BIDE__WAITER_CANCELLED) return true;
    return false;
}

CORO_LEAF int bide__wait(bide__task *t, const char *waits_for) {
    if (coro_rewinding()) return coro_rewound(), bide__waiter_end(bide__resumed());
    bide__waiter_begin(t, waits_for);
    return coro_suspend(&t->coro) ? 0 : bide__waiter_end(bide__resumed());
}
BIDE__SUSPENDS(bide__wait);

void bide__waiters_enter(bide__waiters *ws, bide__task *t, const char *waits_for) {
    bide__waiters_add(ws, t);
    bide__waiter_begin(t, waits_for);
}

int bide__wait_in(bide__waiters *ws, bide__task *t, const char *waits_for) {
    bide__waiters_add(ws, t);
    return bide__wait(t, waits_for);
}
BIDE__SUSPENDS(bide__wait_in);

void bide__waiters_remove(bide__task *t) {
    bide__waiters *ws = t->queue;
    if (!ws) return;
    const bool sound = !BIDE__HAS(bide__debug) || bide__debug_may_leave(t);
    t->queue = NULL;
    if (!sound) return;
    if (t->place.prev) t->place.prev->next = t->place.next;
    else ws->first = t->place.next;
    if (t->place.next) t->place.next->prev = t->place.prev;
    else ws->last = t->place.prev;
}
