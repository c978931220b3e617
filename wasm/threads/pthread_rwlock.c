/* pthread_rwlock.c -- read-write locks of pthreads.
 *
 *   free -> read, written    lock, try
 *   read -> read             another reader, also while a writer waits
 *   read -> written          the last reader unlocks, and a writer waits
 *   written -> read          unlock, if readers wait: all of them
 *   written -> written       unlock, if only writers wait
 *
 * Readers pass writers that wait, as in glibc and musl, since a task may lock to read what it has
 * locked to read before. If it waited behind a writer that waits for it, both would for ever. */
#include "locks.h"

static struct bide__rwlock *rwlock_of(pthread_rwlock_t *l) { return (struct bide__rwlock *)l; }

int pthread_rwlock_init(pthread_rwlock_t *restrict lock, const pthread_rwlockattr_t *restrict attributes) {
    (void)attributes;
    *lock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock) { return rwlock_of(lock)->readers || rwlock_of(lock)->writer ? EBUSY : 0; }

int bide__rwlock_take_to_read(struct bide__rwlock *l) {
    if (l->writer) return l->writer == bide__lock_self() ? EDEADLK : EBUSY;
    if (l->readers == UINT32_MAX) return EAGAIN;
    return l->readers++, 0;
}

int bide__rwlock_take_to_write(struct bide__rwlock *l) {
    const uint32_t self = bide__lock_self();
    if (l->writer == self) return EDEADLK;
    if (l->writer || l->readers > 0) return EBUSY;
    return l->writer = self, 0;
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock) {
    const int error = bide__rwlock_take_to_read(rwlock_of(lock));
    return error == EDEADLK ? EBUSY : error;
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock) { return bide__rwlock_take_to_write(rwlock_of(lock)) == 0 ? 0 : EBUSY; }

int pthread_rwlock_rdlock(pthread_rwlock_t *lock) {
    const int error = bide__rwlock_take_to_read(rwlock_of(lock));
    return error == EBUSY ? bide__lock_wait(&rwlock_of(lock)->to_read, INFINITY, "a read-write lock, to read") : error;
}
BIDE__SUSPENDS(pthread_rwlock_rdlock);

int pthread_rwlock_wrlock(pthread_rwlock_t *lock) {
    const int error = bide__rwlock_take_to_write(rwlock_of(lock));
    return error == EBUSY ? bide__lock_wait(&rwlock_of(lock)->to_write, INFINITY, "a read-write lock, to write") : error;
}
BIDE__SUSPENDS(pthread_rwlock_wrlock);

int pthread_rwlock_unlock(pthread_rwlock_t *lock) {
    struct bide__rwlock *l = rwlock_of(lock);
    if (l->writer ? l->writer != bide__lock_self() : l->readers == 0) return EPERM;
    if (l->writer) l->writer = 0, l->readers = bide__lock_let_all(&l->to_read);
    else l->readers--;
    if (l->readers == 0) l->writer = bide__lock_next(&l->to_write);
    return 0;
}
