/* libc_select.c -- select and pselect suspend the calling task alone, as poll does.
 *
 * WASI's fd_set is a list of descriptors. Nothing is ever exceptional. */
#include "libc.h"

#include <sys/select.h>

static nfds_t select_size(const fd_set *set) { return set ? set->__nfds : 0; }

static struct pollfd *select_fill(struct pollfd *p, const fd_set *set, short events) {
    for (size_t i = 0; i < select_size(set); i++) *p++ = (struct pollfd){ set->__fds[i], events, 0 };
    return p;
}

/* Leave in `set` what is ready; answers how many. */
static int select_keep(const struct pollfd *p, fd_set *set) {
    const size_t n = select_size(set);
    if (n == 0) return 0;
    FD_ZERO(set);
    for (size_t i = 0; i < n; i++)
        if (p[i].revents) FD_SET(p[i].fd, set);
    return (int)set->__nfds;
}

static bool select_any_closed(const struct pollfd *p, nfds_t n) {
    for (nfds_t i = 0; i < n; i++)
        if (p[i].revents & POLLNVAL) return true;
    return false;
}

static int select_poll(struct pollfd *p, fd_set *reads, fd_set *writes, double seconds) {
    const nfds_t n_reads = select_size(reads), n = n_reads + select_size(writes);
    select_fill(select_fill(p, reads, POLLIN), writes, POLLOUT);
    const int rc = bide__libc_poll(p, n, seconds);
    if (rc < 0) return rc;
    if (select_any_closed(p, n)) return errno = EBADF, -1;
    return select_keep(p, reads) + select_keep(p + n_reads, writes);
}

static int select_for(fd_set *reads, fd_set *writes, fd_set *errors, double seconds) {
    const size_t size = (select_size(reads) + select_size(writes)) * sizeof(struct pollfd);
    struct pollfd *p = size > 0 ? bide__alloc(size) : NULL;
    if (size > 0 && !p) return errno = ENOMEM, -1;
    const int rc = select_poll(p, reads, writes, seconds);
    if (rc >= 0 && errors) FD_ZERO(errors);
    bide__free(p, size);
    return rc;
}

int pselect(int n, fd_set *restrict reads, fd_set *restrict writes, fd_set *restrict errors, const struct timespec *restrict time,
            const sigset_t *restrict signals) {
    (void)signals;
    if (n < 0 || n > FD_SETSIZE || (time && !bide__libc_is_time(time))) return errno = EINVAL, -1;
    return select_for(reads, writes, errors, time ? bide__libc_seconds(time) : INFINITY);
}
BIDE__SUSPENDS(pselect);

int select(int n, fd_set *restrict reads, fd_set *restrict writes, fd_set *restrict errors, struct timeval *restrict time) {
    if (!time) return pselect(n, reads, writes, errors, NULL, NULL);
    const struct timespec exact = { .tv_sec = time->tv_sec, .tv_nsec = time->tv_usec < 0 || time->tv_usec >= 1000000 ? -1 : (long)time->tv_usec * 1000 };
    return pselect(n, reads, writes, errors, &exact, NULL);
}
BIDE__SUSPENDS(select);
