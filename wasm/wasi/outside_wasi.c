/* outside_wasi.c -- libc's waits outside of any task: the engine blocks, as for a program without bide.
 *
 * On the virtual clock a limit in time is over at once. */
#include "../libc/libc.h"
#include "host.h"
#include "memory.h"
#include "wasi.h"

static __wasi_subscription_t outside_subscription(const struct pollfd *p, nfds_t i) {
    __wasi_subscription_t s = { .userdata = i + 1 };
    s.u.tag = __WASI_EVENTTYPE_FD_READ;
    s.u.u.fd_read.file_descriptor = (__wasi_fd_t)p->fd;
    return s;
}

/* Poll once, with room for n + 1 of both. What can't be polled counts as readable. */
static void outside_poll(struct pollfd *fds, nfds_t n, double seconds, __wasi_subscription_t *subs, __wasi_event_t *events) {
    __wasi_size_t asked = 0, happened = 0;
    for (nfds_t i = 0; i < n; i++)
        if (fds[i].fd >= 0 && fds[i].events & POLLIN && !fds[i].revents) subs[asked++] = outside_subscription(&fds[i], i);
    if (seconds != INFINITY || asked == 0) subs[asked++] = bide__wasi_clock(seconds);
    if (__wasi_poll_oneoff(subs, events, asked, &happened) != 0) {
        for (nfds_t i = 0; i < n; i++) fds[i].revents |= fds[i].fd >= 0 ? fds[i].events & POLLIN : 0;
        return;
    }
    for (__wasi_size_t i = 0; i < happened; i++)
        if (events[i].userdata > 0) fds[events[i].userdata - 1].revents |= POLLIN;
}

static bool outside_is_over(const struct pollfd *fds, nfds_t n, double until) {
    for (nfds_t i = 0; i < n; i++)
        if (fds[i].revents) return true;
    return bide__host_now() >= until;
}

int bide__libc_poll_outside(struct pollfd *fds, nfds_t n, double seconds) {
    const double until = bide__host_now() + seconds;
    const size_t size = (n + 1) * (sizeof(__wasi_subscription_t) + sizeof(__wasi_event_t));
    __wasi_subscription_t *subs = bide__alloc(size);
    if (!subs) return ENOMEM;
    const bool virtual = seconds != INFINITY && bide__host_virtual_time();
    do outside_poll(fds, n, virtual ? 0 : until - bide__host_now(), subs, (__wasi_event_t *)(subs + n + 1));
    while (!virtual && !outside_is_over(fds, n, until));
    bide__free(subs, size);
    return 0;
}

int bide__libc_block(int fd) { return bide__libc_poll_outside(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, INFINITY); }
