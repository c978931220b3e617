/* A holder that is cancelled releases the lock on its way out. */
#include "conformance.h"

static int holder(void *lock) {
    BIDE_TRY(bide_lock_acquire(lock));
    int rc = bide_sleep(100);
    bide_lock_release(lock);
    return rc;
}

static int user(void *lock) {
    BIDE_TRY(bide_lock_acquire(lock));
    say("user in %d", now());
    return bide_lock_release(lock);
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    BIDE_AUTO bide_task *a = bide_create_task(holder, &lock);
    BIDE_AUTO bide_task *b = bide_create_task(user, &lock);
    BIDE_TRY(bide_sleep(4));
    bide_task_cancel(a);
    BIDE_TRY(bide_await(b, NULL));
    say("%s", st(a));
    return 0;
}

int main(void) { return conformance_run(async_main); }
