/* libc_sleep.c -- libc's sleep, usleep and nanosleep suspend the calling task alone.
 *
 * In a task they are bide_sleep. If the task is cancelled, they answer as if a
 * signal had come, and the cancel request strikes at the task's next wait. In `main`,
 * outside of a run, the host pauses. In a callback they fail: they never block a loop
 * that runs. A program in which no loop can run carries nothing of the core for them. */
#include "host.h"
#include "link.h"

#include <errno.h>
#include <math.h>
#include <time.h>
#include <unistd.h>

static int libc_pause_for(double seconds) { return BIDE__HAS(bide__pause) ? bide__pause(seconds) : bide__host_pause(seconds); }

int nanosleep(const struct timespec *time, struct timespec *left) {
    if (time->tv_sec < 0 || time->tv_nsec < 0 || time->tv_nsec >= 1000000000) return errno = EINVAL, -1;
    double seconds = (double)time->tv_sec + (double)time->tv_nsec * 1e-9, until = bide__host_now() + seconds;
    if (libc_pause_for(seconds) == 0) return 0;
    double rest = fmax(until - bide__host_now(), 0);
    if (left) *left = (struct timespec){ .tv_sec = (time_t)rest, .tv_nsec = (long)((rest - (double)(time_t)rest) * 1e9) };
    return errno = EINTR, -1;
}
BIDE__SUSPENDS(nanosleep);

int usleep(useconds_t microseconds) {
    return nanosleep(&(struct timespec){ .tv_sec = microseconds / 1000000, .tv_nsec = (long)(microseconds % 1000000) * 1000 }, NULL);
}
BIDE__SUSPENDS(usleep);

unsigned sleep(unsigned seconds) {
    struct timespec left;
    return nanosleep(&(struct timespec){ .tv_sec = seconds }, &left) == 0 ? 0 : (unsigned)left.tv_sec + (left.tv_nsec > 0);
}
BIDE__SUSPENDS(sleep);
