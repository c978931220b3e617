/* A semaphore of two lets two tasks in at a time. */
#include "conformance.h"

struct user { bide_semaphore *s; int k; };

static int user(void *arg) {
    struct user *u = arg;
    BIDE_TRY(bide_semaphore_acquire(u->s));
    say("in %d %d", u->k, now());
    int rc = bide_sleep(5);
    bide_semaphore_release(u->s);
    return rc;
}

static int async_main(void *arg) {
    static bide_semaphore s;
    BIDE_TRY(bide_semaphore_init(&s, 2));
    BIDE_AUTO bide_task *a = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(user, BIDE_ARGS(struct user, &s, 3));
    BIDE_TRY(bide_sleep(1));
    say("locked %d", bide_semaphore_locked(&s));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("locked %d", bide_semaphore_locked(&s));
    return 0;
}

int main(void) { return conformance_run(async_main); }
