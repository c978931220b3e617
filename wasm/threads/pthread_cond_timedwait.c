/* pthread_cond_timedwait.c -- waiting for a condition variable, until a time. Outside of any run that is a sleep. */
#include "locks.h"

static int cond_sleep(clockid_t clock, pthread_mutex_t *mutex, const struct timespec *time) {
    pthread_mutex_unlock(mutex);
    const int error = clock_nanosleep(clock, TIMER_ABSTIME, time, NULL);
    pthread_mutex_lock(mutex);
    return error == 0 ? ETIMEDOUT : error;
}

int pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, const struct timespec *restrict time) {
    struct bide__cond *c = (struct bide__cond *)cond;
    const clockid_t clock = c->clock ? c->clock : CLOCK_REALTIME;
    if (!bide__libc_is_time(time)) return EINVAL;
    if (!bide__mutex_is_held((struct bide__mutex *)mutex)) return EPERM;
    bide__task *t = bide__libc_self();
    return t ? bide__cond_wait(t, c, mutex, bide__libc_until(clock, time)) : cond_sleep(clock, mutex, time);
}
BIDE__SUSPENDS(pthread_cond_timedwait);
