/* Those who wait for a lock get it in order of arrival. */
#include "conformance.h"

struct user { bide_lock *lock; int k; };

static int user(void *arg) {
    struct user *u = arg;
    BIDE_TRY(bide_lock_acquire(u->lock));
    say("in %d %d", u->k, now());
    int rc = bide_sleep(2);
    bide_lock_release(u->lock);
    if (rc == 0) say("out %d", u->k);
    return rc;
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    BIDE_AUTO bide_task *a = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(user, BIDE_ARGS(struct user, &lock, 3));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
