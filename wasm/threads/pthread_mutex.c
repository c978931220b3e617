/* pthread_mutex.c -- mutexes of pthreads: one task at a time, first come, first served.
 *
 *   free -> held    lock, trylock
 *   held -> held    unlock, if somebody waits, who is the owner then
 *   held -> free    unlock, if nobody waits
 *
 * A task that locks a normal mutex twice waits for itself, as a thread does; the loop reports the deadlock. */
#include "locks.h"

BIDE__FAST;

static struct bide__mutex *mutex_of(pthread_mutex_t *m) { return (struct bide__mutex *)m; }

int pthread_mutex_init(pthread_mutex_t *restrict mutex, const pthread_mutexattr_t *restrict attributes) {
    *mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    if (attributes) mutex_of(mutex)->type = attributes->__attr & 3;     /* as pthread_mutexattr_settype puts it there */
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) { return mutex_of(mutex)->owner ? EBUSY : 0; }

int bide__mutex_take(struct bide__mutex *m) {
    const uint32_t self = bide__lock_self();
    if (m->owner == 0) return m->owner = self, m->depth = 1, 0;
    if (m->owner != self || m->type == PTHREAD_MUTEX_NORMAL) return EBUSY;
    if (m->type == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
    if (m->depth == UINT32_MAX) return EAGAIN;
    return m->depth++, 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex) {
    const int error = bide__mutex_take(mutex_of(mutex));
    return error == EDEADLK ? EBUSY : error;
}

int pthread_mutex_lock(pthread_mutex_t *mutex) {
    const int error = bide__mutex_take(mutex_of(mutex));
    return error == EBUSY ? bide__lock_wait(&mutex_of(mutex)->waiting, INFINITY, "a mutex") : error;
}
BIDE__SUSPENDS(pthread_mutex_lock);

bool bide__mutex_is_held(const struct bide__mutex *m) {
    return m->owner != 0 && (m->type == PTHREAD_MUTEX_NORMAL || m->owner == bide__lock_self());
}

int pthread_mutex_unlock(pthread_mutex_t *mutex) {
    struct bide__mutex *m = mutex_of(mutex);
    if (!bide__mutex_is_held(m)) return EPERM;
    if (--m->depth > 0) return 0;
    m->owner = bide__lock_next(&m->waiting);
    m->depth = 1;
    return 0;
}
