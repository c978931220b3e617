/* pthread_cond.c -- condition variables of pthreads.
 *
 * A cancel request ends the wait, which answers EINTR with the mutex locked. The
 * request strikes again at the task's next wait that can answer BIDE_ECANCELED, as behind
 * libc's sleeps. A loop around the wait should look at what it answers: a second wait is
 * not ended by the same request.
 *
 * Outside of any run nobody can signal. A program that waits there ends as one does whose tasks are dead-locked. */
#include "locks.h"

#include <stdlib.h>
#include <unistd.h>

enum { COND_DEADLOCK = 13 };

static struct bide__cond *cond_of(pthread_cond_t *c) { return (struct bide__cond *)c; }

int pthread_cond_init(pthread_cond_t *restrict cond, const pthread_condattr_t *restrict attributes) {
    *cond = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    if (attributes) cond_of(cond)->clock = (clockid_t)(attributes->__attr & INT32_MAX);     /* the top bit: between processes */
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *cond) { return cond_of(cond)->waiting.first ? EBUSY : 0; }

int pthread_cond_signal(pthread_cond_t *cond) { return bide__lock_next(&cond_of(cond)->waiting), 0; }
int pthread_cond_broadcast(pthread_cond_t *cond) { return bide__lock_let_all(&cond_of(cond)->waiting), 0; }

int bide__cond_wait(bide__task *t, struct bide__cond *c, pthread_mutex_t *mutex, double seconds) {
    struct bide__mutex *m = (struct bide__mutex *)mutex;
    const uint32_t depth = m->depth;
    m->depth = 1;
    pthread_mutex_unlock(mutex);
    const int rc = bide__libc_wait(t, &c->waiting, seconds, "a condition variable");
    pthread_mutex_lock(mutex);
    m->depth = depth;
    return rc == 0 ? 0 : rc == BIDE_ETIMEDOUT ? ETIMEDOUT : bide__libc_errno(rc);
}
BIDE__SUSPENDS(bide__cond_wait);

static _Noreturn void cond_deadlock(void) {
    static const char text[] = "bide: deadlock: pthread_cond_wait outside of any task, where nobody can signal\n";
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    exit(COND_DEADLOCK);
}

int pthread_cond_wait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex) {
    if (!bide__mutex_is_held((struct bide__mutex *)mutex)) return EPERM;
    bide__task *t = bide__libc_self();
    if (t) return bide__cond_wait(t, cond_of(cond), mutex, INFINITY);
    if (bide__libc_is_stuck()) return EDEADLK;
    cond_deadlock();
}
BIDE__SUSPENDS(pthread_cond_wait);
