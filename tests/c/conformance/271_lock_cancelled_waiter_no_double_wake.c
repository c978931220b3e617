/* A cancelled waiter that runs after the release does not wake a second one, as the first is woken already. */
#include "conformance.h"

struct user { bide_lock *lock; int k; };

static int user(void *arg) {
    struct user *u = arg;
    BIDE_TRY(bide_lock_acquire(u->lock));
    say("in %d %d", u->k, now());
    int rc = bide_sleep(2);
    if (rc == 0) say("out %d %d", u->k, now());
    bide_lock_release(u->lock);
    return rc;
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_AUTO bide_task *a = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 3));
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(b);
    bide_lock_release(&lock);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %s %d", st(a), st(b), st(c), bide_lock_locked(&lock));
    return 0;
}

int main(void) { return conformance_run(async_main); }
