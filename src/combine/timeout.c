/* timeout.c -- a deadline for the calling task.
 *
 *   CREATED -> ENTERED      enter
 *   ENTERED -> EXPIRING     the deadline strikes: the task is cancelled, once
 *   EXPIRING -> EXPIRED     exit
 *   ENTERED -> EXITED       exit
 *
 * The exit takes the deadline's request back. If no other request came meanwhile,
 * the cancellation was the timeout's own, and leaves as BIDE_ETIMEDOUT. The object
 * stands in the caller's frame, so a timeout needs no memory but its place in the
 * heap. */
#include "task/task.h"

BIDE__FAST;

enum { TIMEOUT_CREATED, TIMEOUT_ENTERED, TIMEOUT_EXPIRING, TIMEOUT_EXPIRED, TIMEOUT_EXITED };

static void timeout_strike(bide__node *n) {
    bide_timeout *t = (bide_timeout *)n;
    t->state = TIMEOUT_EXPIRING;
    bide_task_cancel(t->task);
}

static void timeout_end(bide_timeout *t) {
    bide__scope_leave(t->task);
    t->task = NULL;
}

static void timeout_dropped(bide__node *n) { timeout_end((bide_timeout *)n); }     /* its loop closes: the exit will never come */

static const bide__node_type timeout_type = { timeout_strike, timeout_dropped };

static void timeout_disarm(bide_timeout *t) {
    if (t->timer.place > 0) bide__timers_remove(&t->task->loop->timers, &t->timer);
    bide__list_remove(&t->timer.node);
}

/* Set the deadline of a timeout that is not among the timers; NaN is refused. If the deadline has come already, the
 * timeout is queued at once and not by way of the timers. On failure it stays as it was, queued or not. */
static int timeout_arm(bide_timeout *t, double when, double now) {
    BIDE__TEXT(nan, "Invalid delay: NaN (not a number)");
    bide_loop *loop = t->task->loop;
    if (isnan(when)) return BIDE__FAIL(BIDE_EVALUE, nan);
    if (when > now && when < INFINITY && bide__timers_add(&loop->timers, &t->timer, when) != 0) return BIDE_ENOMEM;
    bide__list_remove(&t->timer.node);
    if (when <= now) bide__loop_push(loop, &t->timer.node);
    t->when = when;
    return 0;
}

/* Make the timeout the calling task's. NULL with the error noted. It keeps a reference to the task, since
 * another task may exit a generator's timeout when this one is gone. */
static bide__task *timeout_begin(bide_timeout *t) {
    BIDE__TEXT(again, "Timeout has already been entered");
    bide__task *self = bide__self();
    if (!self) return NULL;
    if (t->state != TIMEOUT_CREATED) return BIDE__FAIL(BIDE_ERUNTIME, again), NULL;
    bide__met_over(bide__current);
    *t = (bide_timeout){ .timer.node.type = &timeout_type, .task = bide__scope_enter(self), .cancelling = self->cancelling };
    if (bide__debugging(self->future.loop)) bide__debug_in_frame(t);
    return self;
}

static int timeout_enter(bide_timeout *t, double when, double now) {
    int rc = timeout_arm(t, when, now);
    if (rc == 0) t->state = TIMEOUT_ENTERED;
    else timeout_end(t);
    return rc;
}

int bide_timeout_at_enter(bide_timeout *t, double when) {
    bide__task *self = timeout_begin(t);
    if (!self) return BIDE_ERUNTIME;
    return timeout_enter(t, when, bide__loop_now(self->future.loop));
}

/* Reading the clock is most of what this costs. So it is read once, and not for a timeout that never comes. */
int bide_timeout_enter(bide_timeout *t, double seconds) {
    bide__task *self = timeout_begin(t);
    if (!self) return BIDE_ERUNTIME;
    double now = seconds == INFINITY ? 0 : bide__loop_now(self->future.loop);
    return timeout_enter(t, now + seconds, now);
}

int bide_timeout_exit(bide_timeout *t, int code) {
    BIDE__TEXT(not_entered, "Timeout has not been entered");
    if (t->state != TIMEOUT_ENTERED && t->state != TIMEOUT_EXPIRING) return BIDE__FAIL(BIDE_ERUNTIME, not_entered);
    timeout_disarm(t);
    code = bide__end_with(code);
    bool expiring = t->state == TIMEOUT_EXPIRING;
    t->state = expiring ? TIMEOUT_EXPIRED : TIMEOUT_EXITED;
    bool ours = expiring && bide_task_uncancel(t->task) <= t->cancelling;
    timeout_end(t);
    return ours && code == BIDE_ECANCELED ? bide__fail_plain(BIDE_ETIMEDOUT) : code;
}

int bide_timeout_reschedule(bide_timeout *t, double when) {
    BIDE__TEXT(not_entered, "Timeout has not been entered");
    BIDE__TEXT(expiring, "Cannot change state of expiring Timeout");
    BIDE__TEXT(expired, "Cannot change state of expired Timeout");
    BIDE__TEXT(finished, "Cannot change state of finished Timeout");
    if (t->state == TIMEOUT_CREATED) return BIDE__FAIL(BIDE_ERUNTIME, not_entered);
    if (t->state == TIMEOUT_EXPIRING) return BIDE__FAIL(BIDE_ERUNTIME, expiring);
    if (t->state == TIMEOUT_EXPIRED) return BIDE__FAIL(BIDE_ERUNTIME, expired);
    if (t->state == TIMEOUT_EXITED) return BIDE__FAIL(BIDE_ERUNTIME, finished);
    if (!isnan(when) && t->timer.place > 0) bide__timers_remove(&t->task->loop->timers, &t->timer);    /* so there is room for it again */
    return timeout_arm(t, when, bide__loop_now(t->task->loop));
}

int bide__timeout_exit(void *timeout, int code) { return bide_timeout_exit(timeout, code); }

bool bide_timeout_expired(const bide_timeout *t) { return t->state == TIMEOUT_EXPIRING || t->state == TIMEOUT_EXPIRED; }
double bide_timeout_when(const bide_timeout *t) { return t->when; }
