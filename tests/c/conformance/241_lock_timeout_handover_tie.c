/* The lock is released in the very turn in which the waiter's timeout strikes, the release first. */
#include "conformance.h"

static int release(void *lock) { return bide_lock_release(lock); }

static int acquire(void *lock) { return bide_lock_acquire(lock); }

static int async_main(void *arg) {
    bide_lock lock = BIDE_LOCK_INIT;
    BIDE_TRY(bide_lock_acquire(&lock));
    bide_loop_call_later(NULL, 5, release, &lock);
    int rc = bide_wait_for_call(acquire, &lock, 5, NULL);
    if (rc == 0) say("got it");
    else if (rc == BIDE_ETIMEDOUT) say("%s %d %d", bide_error_name(rc), now(), bide_lock_locked(&lock));
    else return rc;
    return 0;
}

int main(void) { return conformance_run(async_main); }
