/* libc_sleep.c -- clock_nanosleep, nanosleep, usleep and sleep suspend the calling task alone.
 *
 * If the task is cancelled, they answer as if a signal had come, and the cancel request
 * strikes at the task's next wait that can tell of it. In a callback they fail with
 * EDEADLK: they never block a loop that runs. */
#include "libc.h"

#include "host.h"

#include <unistd.h>

/* 0, or errno. */
static int sleep_for(double seconds) {
    if (bide__libc_is_stuck()) return EDEADLK;
    bide__task *t = bide__libc_self();
    if (!t) return bide__host_pause(seconds) == 0 ? 0 : EINTR;
    const int rc = bide__libc_wait(t, NULL, seconds, "a sleep");
    return rc == 0 ? 0 : bide__libc_errno(rc);
}

static struct timespec sleep_end(double seconds) {
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    const double whole = seconds < 1e15 ? seconds : 1e15;
    end.tv_sec += (time_t)whole, end.tv_nsec += (long)((whole - (double)(time_t)whole) * 1e9);
    return end;
}

/* What is left of a sleep that was cut short. */
static struct timespec sleep_rest(const struct timespec *end) {
    const double rest = fmax(bide__libc_until(CLOCK_MONOTONIC, end), 0);
    return (struct timespec){ .tv_sec = (time_t)rest, .tv_nsec = (long)((rest - (double)(time_t)rest) * 1e9) };
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left) {
    if ((clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) || flags & ~TIMER_ABSTIME || !bide__libc_is_time(time)) return EINVAL;
    const double seconds = flags & TIMER_ABSTIME ? bide__libc_until(clock, time) : bide__libc_seconds(time);
    const struct timespec end = sleep_end(seconds);
    const int error = sleep_for(seconds);
    if (error != 0 && left && !(flags & TIMER_ABSTIME)) *left = sleep_rest(&end);
    return error;
}
BIDE__SUSPENDS(clock_nanosleep);

int nanosleep(const struct timespec *time, struct timespec *left) {
    const int error = clock_nanosleep(CLOCK_REALTIME, 0, time, left);
    if (error == 0) return 0;
    return errno = error, -1;
}
BIDE__SUSPENDS(nanosleep);

int usleep(useconds_t microseconds) {
    return nanosleep(&(struct timespec){ .tv_sec = microseconds / 1000000, .tv_nsec = (long)(microseconds % 1000000) * 1000 }, NULL);
}
BIDE__SUSPENDS(usleep);

unsigned sleep(unsigned seconds) {
    struct timespec left = { .tv_sec = seconds };
    return nanosleep(&(struct timespec){ .tv_sec = seconds }, &left) == 0 ? 0 : (unsigned)left.tv_sec + (left.tv_nsec > 0);
}
BIDE__SUSPENDS(sleep);
