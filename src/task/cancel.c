/* cancel.c -- requests to cancel a task.
 *
 * A request goes on to what the task waits for. If that refuses, or the task waits
 * for nothing, must_cancel is set, and the request strikes at the next suspension,
 * or instead of the first step. */
#include "task/task.h"
#include "task/waiter.h"

static bool cancel_waiter(bide__task *t) {
    if (t->waiter != BIDE__WAITER_PENDING) return false;
    bide__waiter_settle(t, BIDE__WAITER_CANCELLED);
    return true;
}

/* Tasks that await each other in a ring would never run. One is taken out of the ring, and the error is delivered to it. */
static bool cancel_ring(bide__task *t) {
    bide__task_schedule(t);
    t->must_cancel = BIDE__CANCEL_DUE;
    return true;
}

/* A chain of tasks that await each other is walked, not recursed into: the caller's stack may be small.
 * The walk notices a ring when it comes to a task that it remembers. It remembers one at each power of two (Brent's
 * algorithm). */
bool bide__task_cancel(bide_future *f) {
    const bide_future *passed = f;
    for (uint32_t steps = 1, mark = 2;; steps++) {
        bide__task *t = bide__task_of(f);
        bide__future_retrieved(f);
        if (t->cancelling++ == 0 && BIDE__HAS_OUTER(bide__signal_abort) && t->asked) bide__signal_abort(f);
        bide_future *awaited = t->awaits;
        if (!awaited) return cancel_waiter(t) || (t->must_cancel = BIDE__CANCEL_DUE);
        if (awaited == passed) return cancel_ring(t);
        if (bide__is_task(awaited) && !bide__done(awaited)) {
            if (steps == mark) passed = awaited, mark *= 2;
            f = awaited;
            continue;
        }
        if (bide_future_cancel(awaited)) return true;
        return BIDE__HAS(bide__gather_is_walked) && bide__gather_is_walked(awaited) ? cancel_ring(t) : (t->must_cancel = BIDE__CANCEL_DUE);
    }
}

bool bide_task_cancel(bide_task *t) { return bide_future_cancel(t); }

int bide_task_uncancel(bide_task *f) {
    if (!bide__is_task(f)) return 0;
    bide__task *t = bide__task_of(f);
    if (t->cancelling > 0 && --t->cancelling == 0) t->must_cancel = false;
    return t->cancelling;
}

int bide_task_cancelling(const bide_task *t) { return bide__is_task(t) ? ((const bide__task *)t)->cancelling : 0; }
