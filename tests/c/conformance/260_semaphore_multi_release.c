/* Several releases in one step wake as many waiters, in order. */
#include "conformance.h"

struct user { bide_semaphore *s; int k; };

static int user(void *arg) {
    struct user *u = arg;
    BIDE_TRY(bide_semaphore_acquire(u->s));
    say("got %d", u->k);
    return 0;
}

static int async_main(void *arg) {
    static bide_semaphore s;
    BIDE_TRY(bide_semaphore_init(&s, 0));
    BIDE_AUTO bide_task *a = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 3));
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_semaphore_release(&s));
    BIDE_TRY(bide_semaphore_release(&s));
    say("locked %d", bide_semaphore_locked(&s));
    BIDE_TRY(bide_sleep(1));
    say("%s", st(c));
    BIDE_TRY(bide_semaphore_release(&s));
    BIDE_TRY(bide_await(c, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
