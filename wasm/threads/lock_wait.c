/* lock_wait.c -- a task waits until a lock is handed to it. */
#include "locks.h"

int bide__lock_wait(bide__waiters *ws, double seconds, const char *waits_for) {
    bide__task *t = bide__libc_self();
    if (!t) return EDEADLK;
    const int rc = bide__libc_hold(t, ws, seconds, waits_for);
    return rc == BIDE_ETIMEDOUT ? ETIMEDOUT : rc == BIDE_ENOMEM ? ENOMEM : 0;
}
BIDE__SUSPENDS(bide__lock_wait);
