/* pthread_spin.c -- spin locks of pthreads. A task that spun would let nobody unlock, so it waits.
 *
 * A pthread_spinlock_t has no room for a queue. So all who wait stand in one queue, and look again when one is unlocked. */
#include "locks.h"

static bide__waiters spin_waiting;

int pthread_spin_trylock(pthread_spinlock_t *lock) {
    if (*lock) return EBUSY;
    return *lock = (int)bide__lock_self(), 0;
}

int pthread_spin_lock(pthread_spinlock_t *lock) {
    if (*lock == (int)bide__lock_self()) return EDEADLK;
    while (pthread_spin_trylock(lock) != 0) {
        const int error = bide__lock_wait(&spin_waiting, INFINITY, "a spin lock");
        if (error != 0) return error;
    }
    return 0;
}
BIDE__SUSPENDS(pthread_spin_lock);

int pthread_spin_unlock(pthread_spinlock_t *lock) {
    *lock = 0;
    bide__lock_let_all(&spin_waiting);
    return 0;
}
