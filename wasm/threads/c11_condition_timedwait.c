/* c11_condition_timedwait.c -- waiting for a condition variable of C11, until a time. */
#include "locks.h"

#include <threads.h>

int cnd_timedwait(cnd_t *restrict cond, mtx_t *restrict mutex, const struct timespec *restrict time) {
    const int error = pthread_cond_timedwait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex, time);
    return error == 0 ? thrd_success : error == ETIMEDOUT ? thrd_timedout : thrd_error;
}
BIDE__SUSPENDS(cnd_timedwait);
