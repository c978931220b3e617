/* libc_poll.c -- poll suspends the calling task alone.
 *
 * A file can always be read, and every descriptor that is open can be written: writes
 * block as libc's do. What is left is waited for by the loop. A poll that need not wait
 * gives the other tasks a turn, so one that is called again and again does not stop
 * them. */
#include "libc.h"

#include <wasi/api.h>

/* Note what need not be waited for. */
static short poll_at_once(const struct pollfd *p) {
    __wasi_fdstat_t stat;
    if (p->fd < 0) return 0;
    if (__wasi_fd_fdstat_get((__wasi_fd_t)p->fd, &stat) != 0) return POLLNVAL;
    const bool file = stat.fs_filetype == __WASI_FILETYPE_REGULAR_FILE || stat.fs_filetype == __WASI_FILETYPE_DIRECTORY;
    return p->events & (file ? POLLIN | POLLOUT : POLLOUT);
}

static bool poll_waits(const struct pollfd *p) { return p->fd >= 0 && p->events & POLLIN && !(p->revents & (POLLIN | POLLNVAL)); }

static int poll_in_task(bide__task *t, struct pollfd *fds, nfds_t n, size_t waiting, double seconds) {
    const size_t size = waiting * sizeof(bide__reader);
    bide__reader *rs = size > 0 ? bide__alloc(size) : NULL;
    if (size > 0 && !rs) return ENOMEM;
    size_t at = 0;
    for (nfds_t i = 0; i < n; i++)
        if (poll_waits(&fds[i])) rs[at++].fd = fds[i].fd;
    const int rc = bide__libc_look(t, rs, waiting, seconds);
    at = 0;
    for (nfds_t i = 0; i < n; i++)
        if (poll_waits(&fds[i]) && rs[at++].ready) fds[i].revents |= POLLIN;
    bide__free(rs, size);
    return rc == 0 ? 0 : bide__libc_errno(rc);
}

static int poll_wait(struct pollfd *fds, nfds_t n, size_t waiting, double seconds) {
    bide__task *t = bide__libc_self();
    if (t) return poll_in_task(t, fds, n, waiting, seconds);
    if (!bide__libc_is_stuck()) return bide__libc_poll_outside(fds, n, seconds);
    const int error = bide__libc_poll_outside(fds, n, 0);
    return error == 0 && seconds > 0 ? EDEADLK : error;
}

static int poll_count(const struct pollfd *fds, nfds_t n) {
    int ready = 0;
    for (nfds_t i = 0; i < n; i++) ready += fds[i].revents != 0;
    return ready;
}

int bide__libc_poll(struct pollfd *fds, nfds_t n, double seconds) {
    size_t waiting = 0;
    for (nfds_t i = 0; i < n; i++) {
        fds[i].revents = poll_at_once(&fds[i]);
        waiting += poll_waits(&fds[i]);
    }
    int ready = poll_count(fds, n);
    if (ready > 0 && waiting == 0) return ready;
    const int error = poll_wait(fds, n, waiting, ready > 0 ? 0 : seconds);
    if ((ready = poll_count(fds, n)) > 0 || error == 0) return ready;
    return errno = error, -1;
}
BIDE__SUSPENDS(bide__libc_poll);

int poll(struct pollfd *fds, nfds_t n, int milliseconds) {
    return bide__libc_poll(fds, n, milliseconds < 0 ? INFINITY : milliseconds * 1e-3);
}
BIDE__SUSPENDS(poll);
