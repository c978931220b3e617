/* pthread_barrier.c -- barriers of pthreads: all wait until the last has come, who is told so. */
#include "locks.h"

/* What is in a pthread_barrier_t. */
struct barrier { uint32_t parties, arrived; bide__waiters waiting; };
_Static_assert(sizeof(struct barrier) <= sizeof(pthread_barrier_t), "a barrier fits");

static struct barrier *barrier_of(pthread_barrier_t *b) { return (struct barrier *)b; }

int pthread_barrier_init(pthread_barrier_t *restrict barrier, const pthread_barrierattr_t *restrict attributes, unsigned parties) {
    (void)attributes;
    if (parties == 0) return EINVAL;
    *barrier_of(barrier) = (struct barrier){ .parties = parties };
    return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier) { return barrier_of(barrier)->arrived > 0 ? EBUSY : 0; }

int pthread_barrier_wait(pthread_barrier_t *barrier) {
    struct barrier *b = barrier_of(barrier);
    if (++b->arrived < b->parties) {
        const int error = bide__lock_wait(&b->waiting, INFINITY, "a barrier");
        if (error != 0) b->arrived--;
        return error;
    }
    b->arrived = 0;
    bide__lock_let_all(&b->waiting);
    return PTHREAD_BARRIER_SERIAL_THREAD;
}
BIDE__SUSPENDS(pthread_barrier_wait);
