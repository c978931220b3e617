/* The only waiter is woken and then cancelled: the lock is free afterwards. */
#include "conformance.h"

static int user(void *lock) {
    BIDE_TRY(bide_lock_acquire(lock));
    say("never");
    return bide_lock_release(lock);
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_AUTO bide_task *a = bide_create_task(user, &lock);
    BIDE_TRY(bide_sleep(1));
    bide_lock_release(&lock);
    bide_task_cancel(a);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(a), bide_lock_locked(&lock));
    BIDE_TRY(bide_lock_acquire(&lock));
    say("got it");
    return bide_lock_release(&lock);
}

int main(void) { return conformance_run(async_main); }
