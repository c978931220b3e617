/* A unit that was released belongs to the first waiter; a newcomer queues. */
#include "conformance.h"

static int waiter(void *s) {
    BIDE_TRY(bide_semaphore_acquire(s));
    say("waiter has it");
    return bide_semaphore_release(s);
}

static int async_main(void *arg) {
    static bide_semaphore s;
    BIDE_TRY(bide_semaphore_init(&s, 1));
    BIDE_TRY(bide_semaphore_acquire(&s));
    BIDE_AUTO bide_task *w = bide_create_task(waiter, &s);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_semaphore_release(&s));
    say("locked %d", bide_semaphore_locked(&s));
    BIDE_TRY(bide_semaphore_acquire(&s));
    say("main again %s", st(w));
    return 0;
}

int main(void) { return conformance_run(async_main); }
