/* A newcomer passes waiters that are cancelled but have not run yet. */
#include "conformance.h"

struct user { bide_semaphore *s; int k; };

static int user(void *arg) {
    struct user *u = arg;
    BIDE_TRY(bide_semaphore_acquire(u->s));
    say("never %d", u->k);
    return 0;
}

static int async_main(void *arg) {
    static bide_semaphore s;
    BIDE_TRY(bide_semaphore_init(&s, 0));
    BIDE_AUTO bide_task *a = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 2));
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(a);
    bide_task_cancel(b);
    BIDE_TRY(bide_semaphore_release(&s));
    say("locked %d", bide_semaphore_locked(&s));
    BIDE_TRY(bide_semaphore_acquire(&s));
    say("main got it at once %s %s", st(a), st(b));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("locked %d", bide_semaphore_locked(&s));
    return 0;
}

int main(void) { return conformance_run(async_main); }
