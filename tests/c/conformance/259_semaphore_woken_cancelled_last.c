/* The only waiter is woken and cancelled before it runs: the unit is not lost. */
#include "conformance.h"

static int user(void *s) {
    BIDE_TRY(bide_semaphore_acquire(s));
    say("never");
    return bide_semaphore_release(s);
}

static int async_main(void *arg) {
    static bide_semaphore s;
    BIDE_TRY(bide_semaphore_init(&s, 1));
    BIDE_TRY(bide_semaphore_acquire(&s));
    BIDE_AUTO bide_task *a = bide_create_task(user, &s);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_semaphore_release(&s));
    bide_task_cancel(a);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(a), bide_semaphore_locked(&s));
    BIDE_TRY(bide_semaphore_acquire(&s));
    say("got it");
    return 0;
}

int main(void) { return conformance_run(async_main); }
