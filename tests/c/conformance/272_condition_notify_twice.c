/* Two notifications in one step wake two different waiters. */
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
    static bide_condition c = BIDE_CONDITION_INIT;  /* static: one still waits when this function returns */
    BIDE_AUTO bide_task *t1 = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &c, 1));
    BIDE_AUTO bide_task *t2 = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &c, 2));
    BIDE_AUTO bide_task *t3 = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &c, 3));
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_condition_acquire(&c));
    bide_condition_notify(&c, 1);
    bide_condition_notify(&c, 1);
    bide_condition_release(&c);
    BIDE_TRY(bide_sleep(1));
    say("%s %s %s", st(t1), st(t2), st(t3));
    return 0;
}

int main(void) { return conformance_run(async_main); }
