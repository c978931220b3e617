/* Two conditions share one lock. */
#include "conformance.h"

struct waiter { bide_condition *c; int k; };

static int waiter(void *arg) {
    struct waiter *w = arg;
    BIDE_TRY(bide_condition_acquire(w->c));
    int rc = bide_condition_wait(w->c);
    if (rc == 0) say("woke %d", w->k);
    bide_condition_release(w->c);
    return rc;
}

static int async_main(void *arg) {
    static bide_lock lock = BIDE_LOCK_INIT;
    static bide_condition x = BIDE_CONDITION_WITH(&lock), y = BIDE_CONDITION_WITH(&lock);
    BIDE_AUTO bide_task *a = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &x, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &y, 2));
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_lock_acquire(&lock));
    bide_condition_notify_all(&y);
    say("%d %d", bide_condition_locked(&x), bide_condition_locked(&y));
    bide_lock_release(&lock);
    BIDE_TRY(bide_await(b, NULL));
    say("%s", st(a));
    BIDE_TRY(bide_condition_acquire(&x));
    bide_condition_notify_all(&x);
    bide_condition_release(&x);
    BIDE_TRY(bide_await(a, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
