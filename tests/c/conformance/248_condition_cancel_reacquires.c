/* A cancelled wait must get the lock back before it returns BIDE_ECANCELED. */
#include "conformance.h"

static int waiter(void *arg) {
    bide_condition *c = arg;
    BIDE_TRY(bide_condition_acquire(c));
    int rc = bide_condition_wait(c);
    say("wait left %d %d", now(), bide_condition_locked(c));
    bide_condition_release(c);
    if (rc == 0) say("never");
    return rc;
}

static int async_main(void *arg) {
    static bide_condition c = BIDE_CONDITION_INIT;
    BIDE_AUTO bide_task *w = bide_create_task(waiter, &c);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_condition_acquire(&c));
    bide_task_cancel(w);
    BIDE_TRY(bide_sleep(5));
    say("%s still waiting for the lock", st(w));
    bide_condition_release(&c);
    BIDE_TRY(bide_wait(BIDE_FUTURES(w), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(w), bide_condition_locked(&c));
    return 0;
}

int main(void) { return conformance_run(async_main); }
