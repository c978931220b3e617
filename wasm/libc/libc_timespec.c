/* libc_timespec.c -- times of libc in seconds. */
#include "libc.h"

bool bide__libc_is_time(const struct timespec *time) { return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < 1000000000; }
double bide__libc_seconds(const struct timespec *time) { return (double)time->tv_sec + (double)time->tv_nsec * 1e-9; }

double bide__libc_until(clockid_t clock, const struct timespec *time) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)(time->tv_sec - now.tv_sec) + (double)(time->tv_nsec - now.tv_nsec) * 1e-9;
}
