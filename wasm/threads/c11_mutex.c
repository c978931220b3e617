/* c11_mutex.c -- mutexes of C11, which are those of pthreads. */
#include "locks.h"

#include <threads.h>

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "they are alike");

static pthread_mutex_t *c11_mutex_of(mtx_t *m) { return (pthread_mutex_t *)m; }

static int c11_mutex_code(int error) {
    switch (error) {
    case 0: return thrd_success;
    case EBUSY: return thrd_busy;
    case ETIMEDOUT: return thrd_timedout;
    default: return thrd_error;
    }
}

int mtx_init(mtx_t *mutex, int type) {
    pthread_mutex_init(c11_mutex_of(mutex), NULL);
    ((struct bide__mutex *)mutex)->type = type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL;
    return thrd_success;
}

void mtx_destroy(mtx_t *mutex) { (void)mutex; }
int mtx_trylock(mtx_t *mutex) { return c11_mutex_code(pthread_mutex_trylock(c11_mutex_of(mutex))); }
int mtx_unlock(mtx_t *mutex) { return c11_mutex_code(pthread_mutex_unlock(c11_mutex_of(mutex))); }

int mtx_lock(mtx_t *mutex) { return c11_mutex_code(pthread_mutex_lock(c11_mutex_of(mutex))); }
BIDE__SUSPENDS(mtx_lock);

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict time) {
    return c11_mutex_code(pthread_mutex_timedlock(c11_mutex_of(mutex), time));
}
BIDE__SUSPENDS(mtx_timedlock);
