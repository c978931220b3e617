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

/* An error of the program's own may have told of a wait of libc's already. */
int bide__deliver_cancel(int code) {
    bide__task *t = bide__task_of(bide__current->task);
    if (code != 0 && t->must_cancel == BIDE__CANCEL_TOLD) return code;
    return bide__take_cancel(t);
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

/* ------------------------------------------------------------------ libc's waits
 *
 * sleep, poll and the like can't answer BIDE_ECANCELED. A cancel request ends such a
 * wait once, and the function answers as if a signal had come. The request is
 * kept (TOLD) for the next wait that can deliver it. If libc's next wait ended at once for the
 * same request, `while (nanosleep(&t, &t) != 0);` would never end.
 *
 * A mutex must not be left early, since nobody looks at what pthread_mutex_lock
 * answers. So bide__libc_hold goes on waiting, and keeps the request as it was. */

bide__task *bide__libc_task(void) { return bide__current->task ? bide__task_of(bide__current->task) : NULL; }
bool bide__libc_in_callback(void) { return bide__running && !bide__current->task; }

/* Its address: there is no other task there while it lives. */
static uint32_t waiter_number_of(const bide_task *f) { return (uint32_t)(uintptr_t)f; }

uint32_t bide__libc_number(void) {
    bide_task *f = BIDE__HAS(bide__task_behind) && bide__task_behind() ? bide__task_behind() : bide_current_task();
    return f ? waiter_number_of(f) : UINT32_MAX;
}

bool bide__libc_virtual_now(double *now) {
    if (!bide__running || !bide__running->virtual_time) return false;
    *now = bide__running->now;
    return true;
}

/* Whoever is taken out of a queue has got what it waited for, even if it was cancelled or its time was over just before. */
static int waiter_end_libc(bide__task *t) {
    const bool queued = t->queue != NULL;
    const int rc = bide__waiter_end(t);
    if (!t->was_woken || queued) return rc != 0 ? rc : BIDE_ETIMEDOUT;
    if (rc != 0) t->must_cancel = BIDE__CANCEL_DUE;
    return 0;
}

/* Set the task's timer, or wake it at once, which is a wait of one turn. */
static int waiter_begin_libc(bide__task *t, double when, const char *waits_for) {
    const bool past = when <= t->future.loop->now;
    if (!past && when != INFINITY) {
        if (bide__timers_add(&t->future.loop->timers, &t->timer, when) != 0) return bide__waiters_remove(t), BIDE_ENOMEM;
        t->timer.node.type = &bide__task_timer_type;
    }
    bide__waiter_begin(t, waits_for);
    if (past) bide__wake(t);
    return 0;
}

static CORO_LEAF int waiter_wait_until(bide__task *t, double when, const char *waits_for) {
    if (coro_rewinding()) return coro_rewound(), waiter_end_libc(bide__resumed());
    const int rc = waiter_begin_libc(t, when, waits_for);
    if (rc != 0) return rc;
    return coro_suspend(&t->coro) ? 0 : waiter_end_libc(bide__resumed());
}

/* 0: woken, or a wait that is in no queue is over. BIDE_ETIMEDOUT: the time is over in a queue. BIDE_ECANCELED, BIDE_ENOMEM */
int bide__libc_wait(bide__task *t, bide__waiters *ws, double seconds, const char *waits_for) {
    const bool told = t->must_cancel == BIDE__CANCEL_TOLD;
    if (told) t->must_cancel = BIDE__CANCEL_NONE;
    if (ws) bide__waiters_add(ws, t);
    const int rc = waiter_wait_until(t, bide__loop_now(t->future.loop) + seconds, waits_for);
    if (rc == BIDE_ECANCELED || (told && !t->must_cancel)) t->must_cancel = BIDE__CANCEL_TOLD;
    return rc;
}
BIDE__SUSPENDS(bide__libc_wait);

/* 0: taken out of the queue. BIDE_ETIMEDOUT, BIDE_ENOMEM */
int bide__libc_hold(bide__task *t, bide__waiters *ws, double seconds, const char *waits_for) {
    const double when = bide__loop_now(t->future.loop) + seconds;
    uint8_t kept = t->must_cancel;
    int rc;
    do {
        t->must_cancel = BIDE__CANCEL_NONE;
        bide__waiters_add(ws, t);
        rc = waiter_wait_until(t, when, waits_for);
        if (rc == BIDE_ECANCELED) kept = BIDE__CANCEL_DUE;
    } while (rc == BIDE_ECANCELED);
    if (!t->must_cancel) t->must_cancel = kept;
    return rc;
}
BIDE__SUSPENDS(bide__libc_hold);

uint32_t bide__libc_hand_over(bide__waiters *ws) {
    bide__check_waiters(ws);
    if (!ws->first) return 0;
    bide__task *t = bide__waiters_pop(ws);
    if (t->waiter == BIDE__WAITER_PENDING) bide__waiter_settle(t, BIDE__WAITER_DONE);
    else if (t->waiter == BIDE__WAITER_CANCELLED) t->waiter = BIDE__WAITER_DONE, t->must_cancel = BIDE__CANCEL_DUE;
    return waiter_number_of(&t->future);
}
