/* Between the release and the run of the woken waiter a third task tries to get the lock: it must queue. */
#include "conformance.h"

static int waiter(void *lock) {
    BIDE_TRY(bide_lock_acquire(lock));
    say("waiter has it");
    BIDE_TRY(bide_sleep(1));
    return bide_lock_release(lock);
}

static int third(void *lock) {
    say("third tries, locked %d", bide_lock_locked(lock));
    BIDE_TRY(bide_lock_acquire(lock));
    say("third has it %d", now());
    return bide_lock_release(lock);
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_AUTO bide_task *w = bide_create_task(waiter, &lock);
    BIDE_TRY(bide_sleep(1));
    BIDE_AUTO bide_task *t = bide_create_task(third, &lock);
    bide_lock_release(&lock);
    BIDE_TRY(bide_wait(BIDE_FUTURES(w, t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
