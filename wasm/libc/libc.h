/* libc.h -- what the files share that change functions of libc which wait.
 *
 * Such a function suspends the task that calls it. Outside of any run it does what
 * libc's does, and in a callback it does not wait. A program may use it and have no
 * task; then it is as small and as fast as libc's. So these files call the core by
 * parts alone (parts.h), and each function that a program might define itself stands in
 * a file of its own. */
#ifndef BIDE_LIBC_H
#define BIDE_LIBC_H

#include "io/reader.h"

#include <errno.h>
#include <poll.h>
#include <sys/uio.h>
#include <time.h>

/* Whether nobody can wait here, since a loop runs, and no task of it: in a callback, and below printf. */
static inline bool bide__libc_is_stuck(void) {
    if (BIDE__HAS(bide__libc_on_shared_stack) && bide__libc_on_shared_stack) return true;
    return BIDE__HAS(bide__libc_in_callback) && bide__libc_in_callback();
}

/* The task that can wait here; NULL: none. */
static inline bide__task *bide__libc_self(void) {
    return BIDE__HAS(bide__libc_task) && !bide__libc_is_stuck() ? bide__libc_task() : NULL;
}

/* errno for what a wait answers. */
static inline int bide__libc_errno(int rc) { return rc == BIDE_ECANCELED ? EINTR : rc == BIDE_ENOMEM ? ENOMEM : EDEADLK; }

/* ---------------------------------------------------------------- times (libc_timespec.c) */

bool bide__libc_is_time(const struct timespec *time);     /* not negative, and less than a second of nanoseconds */
double bide__libc_seconds(const struct timespec *time);
/* Seconds until the clock shows `time`. */
double bide__libc_until(clockid_t clock, const struct timespec *time);

/* ---------------------------------------------------------------- descriptors */

/* Read what is there, as libc's readv. (host_read.c) */
ptrdiff_t bide__libc_read_now(int fd, const struct iovec *pieces, int count);
/* The same behind a wait. (libc_input.c) */
ptrdiff_t bide__libc_read(int fd, const struct iovec *pieces, int count);
/* poll with a time in seconds; INFINITY: no limit. (libc_poll.c) */
int bide__libc_poll(struct pollfd *fds, nfds_t n, double seconds);

/* ---------------------------------------------------------------- outside of any task, by target */

/* Note in `revents` which of `n` descriptors can be read, once there is one or the time is over. 0, or errno. */
int bide__libc_poll_outside(struct pollfd *fds, nfds_t n, double seconds);
/* Wait until `fd` can be read, which is non-blocking by no wish of the program's. 0, or errno. */
int bide__libc_block(int fd);

#endif
