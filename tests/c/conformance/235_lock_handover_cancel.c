/* A release wakes the first waiter, which is cancelled before it runs: the lock goes to the second. */
#include "conformance.h"

struct user { bide_lock *lock; int k; };

static int user(void *arg) {
    struct user *u = arg;
    int rc = bide_lock_acquire(u->lock);
    if (rc == 0) {
        say("in %d", u->k);
        bide_lock_release(u->lock);
    }
    say("left %d", u->k);
    return rc;
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_AUTO bide_task *a = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 2));
    BIDE_TRY(bide_sleep(1));
    bide_lock_release(&lock);
    bide_task_cancel(a);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %d", st(a), st(b), bide_lock_locked(&lock));
    return 0;
}

int main(void) { return conformance_run(async_main); }
