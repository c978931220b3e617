/* timeout.c -- a deadline for the calling task.
 *
 * asyncio.timeout: at the deadline the task is cancelled once; on the way out
 * that request is taken back, and if no other request came meanwhile the
 * cancellation was ours and leaves as BIDE_ETIMEDOUT. The object stands in the
 * caller's frame, so a timeout needs no memory but its place in the heap. */
#include "internal.h"

static void strike(bide__node *n) {
    bide__timeout *t = (bide__timeout *)n;
    t->state = BIDE__EXPIRING;
    bide_task_cancel(&t->task->future);
}

static void dropped(bide__node *n) { (void)n; }
static const bide__node_type timeout_type = { strike, dropped };

static int arm(bide__timeout *t, double seconds) {
    bide_loop *loop = t->task->future.loop;
    if (seconds == INFINITY) return 0;
    if (seconds > 0) return bide__timers_add(&loop->timers, &t->timer, bide__loop_now(loop) + seconds);
    bide__loop_push(loop, &t->timer.node);
    return 0;
}

int bide__timeout_enter(bide__timeout *t, double seconds) {
    BIDE__TEXT(nan, "Invalid delay: NaN (not a number)");
    *t = (bide__timeout){ .timer.node.type = &timeout_type, .task = bide__self() };
    if (!t->task) return BIDE_ERUNTIME;
    if (isnan(seconds)) return BIDE__FAIL(BIDE_EVALUE, nan);
    t->cancelling = t->task->cancelling;
    return arm(t, seconds);
}

int bide__timeout_exit(bide__timeout *t, int rc) {
    bide__timers_remove(&t->task->future.loop->timers, &t->timer);
    bide__list_remove(&t->timer.node);
    bool expiring = t->state == BIDE__EXPIRING;
    t->state = expiring ? BIDE__EXPIRED : BIDE__EXITED;
    if (!expiring) return rc;
    bool ours = bide_task_uncancel(&t->task->future) <= t->cancelling;
    return ours && rc == BIDE_ECANCELED ? bide__fail_plain(BIDE_ETIMEDOUT) : rc;
}
