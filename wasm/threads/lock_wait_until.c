/* lock_wait_until.c -- a task waits until a lock is handed to it, or the clock of the day shows a time. */
#include "locks.h"

int bide__lock_wait_until(bide__waiters *ws, const struct timespec *time, const char *waits_for) {
    if (!bide__libc_is_time(time)) return EINVAL;
    return bide__lock_wait(ws, bide__libc_until(CLOCK_REALTIME, time), waits_for);
}
BIDE__SUSPENDS(bide__lock_wait_until);
