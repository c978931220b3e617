/* thrd_sleep.c -- C11's sleep suspends the calling task alone, as nanosleep does. */
#include "link.h"

#include <errno.h>
#include <threads.h>

int thrd_sleep(const struct timespec *time, struct timespec *left) {
    const int error = clock_nanosleep(CLOCK_REALTIME, 0, time, left);
    return error == 0 ? 0 : error == EINTR ? -1 : -2;
}
BIDE__SUSPENDS(thrd_sleep);
