/* libc_gettimeofday.c -- gettimeofday follows a loop's virtual clock, as clock_gettime does. */
#include <sys/time.h>
#include <time.h>

int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    struct timespec now;
    (void)zone;
    if (!out) return 0;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    *out = (struct timeval){ .tv_sec = now.tv_sec, .tv_usec = (suseconds_t)(now.tv_nsec / 1000) };
    return 0;
}
