/* poll_wasi.c -- waiting for descriptors on WASI preview 1, all in one poll_oneoff.
 *
 * A descriptor that can't be polled counts as one that can be read (reader->always).
 * The read then tells what there is. These are files and directories, which are never
 * asked for, and whatever else poll_oneoff refuses. Some engines refuse the whole call
 * for one such descriptor. Then each descriptor is asked for alone, and the one at
 * fault is known from then on.
 *
 * node:wasi has two more faults. With two descriptors its poll_oneoff returns only when
 * the clock does. So a poll of several ends after POLL_SLICE, and the loop polls
 * again. And it leaves the descriptor non-blocking, also for whatever process has it
 * too. So the flags are put back after each poll. */
#include "wasi.h"

#include "blocking/watched.h"
#include "host.h"
#include "io/reader.h"

/* In seconds. */
#define POLL_SLICE 0.02

/* Flags of WASI. node:wasi answers those of the system, which have higher bits too. */
enum { POLL_FLAGS = __WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_DSYNC | __WASI_FDFLAGS_NONBLOCK | __WASI_FDFLAGS_RSYNC | __WASI_FDFLAGS_SYNC };

/* ------------------------------------------------------------------ one descriptor */

int bide__host_watch(bide__reader *r) {
    __wasi_fdstat_t stat;
    const bool open = __wasi_fd_fdstat_get((__wasi_fd_t)r->fd, &stat) == 0;
    r->always = !open || stat.fs_filetype == __WASI_FILETYPE_REGULAR_FILE || stat.fs_filetype == __WASI_FILETYPE_DIRECTORY;
    if (open) r->host = stat.fs_flags;
    return bide__watched_more(sizeof(__wasi_subscription_t) + sizeof(__wasi_event_t));
}

void bide__host_unwatch(bide__reader *r) {
    (void)r;
    bide__watched_less();
}

static void poll_put_flags_back(const bide__reader *r) {
    __wasi_fdstat_t stat;
    if (__wasi_fd_fdstat_get((__wasi_fd_t)r->fd, &stat) != 0 || stat.fs_flags == r->host) return;
    (void)__wasi_fd_fdstat_set_flags((__wasi_fd_t)r->fd, r->host & POLL_FLAGS);
}

static __wasi_subscription_t poll_subscription(bide__reader *r) {
    __wasi_subscription_t s = { .userdata = (uintptr_t)r };
    s.u.tag = __WASI_EVENTTYPE_FD_READ;
    s.u.u.fd_read.file_descriptor = (__wasi_fd_t)r->fd;
    return s;
}

static void poll_cannot(bide__reader *r) {
    r->always = true;
    bide__reader_ready(r);
}

static void poll_happened(const __wasi_event_t *event) {
    bide__reader *r = (bide__reader *)(uintptr_t)event->userdata;
    if (!r) return;
    if (event->error != 0) poll_cannot(r);
    else bide__reader_ready(r);
}

static void poll_one(bide__reader *r) {
    const __wasi_subscription_t subs[] = { poll_subscription(r), bide__wasi_clock(0) };
    __wasi_event_t events[2];
    __wasi_size_t happened = 0;
    if (__wasi_poll_oneoff(subs, events, 2, &happened) != 0) poll_cannot(r);
    for (__wasi_size_t i = 0; i < happened; i++) poll_happened(&events[i]);
}

/* ------------------------------------------------------------------ all of them */

/* Answers how many are to be asked for. */
static __wasi_size_t poll_subscribe(bide_loop *loop, __wasi_subscription_t *subs) {
    __wasi_size_t n = 0;
    for (bide__reader *r = loop->readers; r; r = r->next)
        if (!r->always) subs[n++] = poll_subscription(r);
    return n;
}

static bool poll_any_always(bide_loop *loop) {
    bool any = false;
    for (bide__reader *r = loop->readers; r; r = r->next)
        if (r->always) any = true, bide__reader_ready(r);
    return any;
}

void bide__host_poll(bide_loop *loop, double timeout) {
    __wasi_subscription_t *subs = bide__watched_room();
    __wasi_size_t n = poll_subscribe(loop, subs), happened = 0;
    __wasi_event_t *events = (__wasi_event_t *)(subs + n + 1);
    if (poll_any_always(loop)) timeout = 0;
    if (n == 0) return;
    if (n > 1 && timeout > POLL_SLICE) timeout = POLL_SLICE;
    if (timeout != INFINITY) subs[n] = bide__wasi_clock(timeout);
    const bool refused = __wasi_poll_oneoff(subs, events, n + (timeout != INFINITY), &happened) != 0;
    for (__wasi_size_t i = 0; !refused && i < happened; i++) poll_happened(&events[i]);
    for (bide__reader *r = loop->readers; r; r = r->next) {
        if (refused && !r->always) poll_one(r);
        if (!r->always) poll_put_flags_back(r);
    }
}
