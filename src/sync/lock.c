/* lock.c -- mutual exclusion between tasks.
 *
 *   free -> held   acquire, at once
 *   held -> free   release; wakes the oldest waiter, which then acquires
 *
 * Invariant: when a free lock has waiters, the first of them was woken or
 * cancelled. A newcomer passes only if all of them are cancelled. So nobody gets
 * in between a release and the run of the waiter that it woke. */
#include "task/block.h"
#include "task/waiter.h"

BIDE__FAST;

static bide_lock *lock_of(bide__waiters *ws) { return (bide_lock *)((char *)ws - offsetof(bide_lock, waiting)); }

/* Wake the oldest waiter, unless it was woken before. */
static void lock_wake_next(bide_lock *lock) {
    bide__check_waiters(&lock->waiting);
    if (lock->waiting.first) bide__wake(bide__task_of_place(lock->waiting.first));
}

static int lock_finish(bide__task *t) {
    bide_lock *lock = lock_of(t->queue);
    int rc = bide__waiter_end(t);
    if (rc == 0) lock->is_locked = true;
    else if (!lock->is_locked) lock_wake_next(lock);      /* it was cancelled after its wake-up: pass that on */
    return rc;
}

CORO_LEAF int bide_lock_acquire(bide_lock *lock) {
    if (coro_rewinding()) return coro_rewound(), lock_finish(bide__resumed());
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    if (!lock->is_locked && (!lock->waiting.first || !bide__waiters_any(&lock->waiting))) return lock->is_locked = true, 0;
    bide__waiters_enter(&lock->waiting, t, "a lock");
    return coro_suspend(&t->coro) ? 0 : lock_finish(bide__resumed());
}
BIDE__SUSPENDS(bide_lock_acquire);

int bide_lock_release(bide_lock *lock) {
    BIDE__TEXT(unlocked, "Lock is not acquired.");
    if (!lock->is_locked) return BIDE__FAIL(BIDE_ERUNTIME, unlocked);
    lock->is_locked = false;
    lock_wake_next(lock);
    return 0;
}

bool bide_lock_locked(const bide_lock *lock) { return lock->is_locked; }

void bide__lock_exit(void *lock) {
    int rc = bide_lock_release(lock);
    if (rc != 0) bide__fail_later(rc);
}
