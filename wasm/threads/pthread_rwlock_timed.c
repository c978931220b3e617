/* pthread_rwlock_timed.c -- locking a read-write lock, until a time. */
#include "locks.h"

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict lock, const struct timespec *restrict time) {
    struct bide__rwlock *l = (struct bide__rwlock *)lock;
    const int error = bide__rwlock_take_to_read(l);
    return error == EBUSY ? bide__lock_wait_until(&l->to_read, time, "a read-write lock, to read") : error;
}
BIDE__SUSPENDS(pthread_rwlock_timedrdlock);

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict lock, const struct timespec *restrict time) {
    struct bide__rwlock *l = (struct bide__rwlock *)lock;
    const int error = bide__rwlock_take_to_write(l);
    return error == EBUSY ? bide__lock_wait_until(&l->to_write, time, "a read-write lock, to write") : error;
}
BIDE__SUSPENDS(pthread_rwlock_timedwrlock);
