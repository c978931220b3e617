/* condition.c -- wait for something that a lock protects.
 *
 * A wait always returns with the lock. While it gets the lock back, it absorbs
 * further cancellations, and reports one afterwards. A wait that fails may have been
 * notified before, so it passes a notification on. */
#include "task/block.h"
#include "task/waiter.h"

static bide_lock *condition_lock(bide_condition *c) { return c->given ? c->given : &c->own; }

int bide_condition_acquire(bide_condition *c) { return bide_lock_acquire(condition_lock(c)); }
BIDE__SUSPENDS(bide_condition_acquire);
int bide_condition_release(bide_condition *c) { return bide_lock_release(condition_lock(c)); }
bool bide_condition_locked(const bide_condition *c) { return (c->given ? c->given : &c->own)->is_locked; }

/* Tasks that were woken keep their places until they run, so one pass wakes n tasks. */
static void condition_wake(bide_condition *c, size_t n) {
    bide__check_waiters(&c->waiting);
    for (struct bide__waiter *w = c->waiting.first; w && n > 0; w = w->next) {
        bide__task *t = bide__task_of_place(w);
        if (t->waiter != BIDE__WAITER_PENDING) continue;
        bide__wake(t);
        n--;
    }
}

/* Get the lock back, however often the task is cancelled meanwhile. 0, or BIDE_ECANCELED: it was. */
static int condition_acquire_again(bide_lock *lock) {
    int cancelled = 0, rc;
    while ((rc = bide_lock_acquire(lock)) != 0) cancelled = rc;
    return cancelled;
}

int bide_condition_wait(bide_condition *c) {
    BIDE__TEXT(unlocked, "cannot wait on un-acquired lock");
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    bide_lock *lock = condition_lock(c);
    if (!lock->is_locked) return BIDE__FAIL(BIDE_ERUNTIME, unlocked);
    bide__drop(bide_lock_release(lock));
    int rc = bide__wait_in(&c->waiting, t, "a condition");
    int cancelled = condition_acquire_again(lock);
    if (cancelled) rc = cancelled;
    if (rc != 0) condition_wake(c, 1);
    return rc;
}
BIDE__SUSPENDS(bide_condition_wait);

int bide_condition_wait_for(bide_condition *c, bide_predicate *predicate, void *arg) {
    while (!predicate(arg)) BIDE_TRY(bide_condition_wait(c));
    return 0;
}
BIDE__SUSPENDS(bide_condition_wait_for);

int bide_condition_notify(bide_condition *c, size_t n) {
    BIDE__TEXT(unlocked, "cannot notify on un-acquired lock");
    if (!condition_lock(c)->is_locked) return BIDE__FAIL(BIDE_ERUNTIME, unlocked);
    condition_wake(c, n);
    return 0;
}

int bide_condition_notify_all(bide_condition *c) { return bide_condition_notify(c, SIZE_MAX); }

void bide__condition_exit(void *condition) {
    int rc = bide_condition_release(condition);
    if (rc != 0) bide__fail_later(rc);
}
