/* libc_sleep.c -- libc's sleep, usleep and nanosleep suspend the calling task alone.
 *
 * In a task they are bide_sleep. If the task is cancelled, they answer as if a
 * signal had come, and the cancel request strikes at the task's next wait. In `main`,
 * outside of a run, they run a task that sleeps. In a callback they fail: they never
 * block a loop that runs. */
#include "host.h"
#include "task/task.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

static int libc_sleeper(void *seconds) { return bide_sleep(*(double *)seconds); }

static int libc_pause_for(double seconds) {
    if (bide__current->task) return bide_sleep(seconds);
    if (bide__running) return BIDE_ERUNTIME;
    return bide_run(libc_sleeper, &seconds, NULL);
}

/* Seconds that are left of a pause that was cut short. A cancel request is kept for the next wait. */
static double libc_cut_short(int rc, double until) {
    if (rc == 0) return 0;
    if (rc == BIDE_ECANCELED && bide__current->task) bide__task_of(bide__current->task)->must_cancel = true;
    double left = until - bide__host_now();
    return left > 0 ? left : 0;
}

int nanosleep(const struct timespec *time, struct timespec *left) {
    if (time->tv_sec < 0 || time->tv_nsec < 0 || time->tv_nsec >= 1000000000) return errno = EINVAL, -1;
    double seconds = (double)time->tv_sec + (double)time->tv_nsec * 1e-9, until = bide__host_now() + seconds;
    int rc = libc_pause_for(seconds);
    if (rc == 0) return 0;
    double rest = libc_cut_short(rc, until);
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
