/* pthread_mutex_timedlock.c -- locking a mutex, until a time. */
#include "locks.h"

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict time) {
    struct bide__mutex *m = (struct bide__mutex *)mutex;
    const int error = bide__mutex_take(m);
    return error == EBUSY ? bide__lock_wait_until(&m->waiting, time, "a mutex") : error;
}
BIDE__SUSPENDS(pthread_mutex_timedlock);
