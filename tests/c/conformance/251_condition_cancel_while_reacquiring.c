/* A waiter is notified and, while it waits for the lock, cancelled: the notification goes to the next waiter. */
#include "conformance.h"

struct waiter { bide_condition *c; int k; };

static int waiter(void *arg) {
    struct waiter *w = arg;
    BIDE_TRY(bide_condition_acquire(w->c));
    int rc = bide_condition_wait(w->c);
    if (rc == 0) say("woke %d %d", w->k, now());
    if (rc == BIDE_ECANCELED) say("cancelled %d %d", w->k, now());
    bide_condition_release(w->c);
    return rc;
}

static int async_main(void *arg) {
    static bide_condition c = BIDE_CONDITION_INIT;
    BIDE_AUTO bide_task *a = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &c, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &c, 2));
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_condition_acquire(&c));
    bide_condition_notify(&c, 1);
    BIDE_TRY(bide_sleep(3));
    bide_task_cancel(a);
    BIDE_TRY(bide_sleep(3));
    bide_condition_release(&c);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %d", st(a), st(b), bide_condition_locked(&c));
    return 0;
}

int main(void) { return conformance_run(async_main); }
