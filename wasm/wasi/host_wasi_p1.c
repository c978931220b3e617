/* host_wasi_p1.c -- WASI preview 1: wasmtime, node:wasi and others.
 *
 * The loop sleeps in one poll_oneoff. On every engine these hold: there is at most
 * one clock subscription, relative, MONOTONIC, of at least a millisecond. Clock
 * events are ignored, and the clock is read again. If a descriptor can't be polled,
 * its event or the whole call fails, and it counts as always ready. */
#include "wasi.h"

#include "host.h"
#include "io/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WASI_WATCHED_MOST = 16 };

static __wasi_size_t wasi_subscribe(bide_loop *loop, double timeout, __wasi_subscription_t *subs) {
    __wasi_size_t n = 0;
    for (bide__reader *r = loop->readers; r && n < WASI_WATCHED_MOST; r = r->next, n++) {
        subs[n] = (__wasi_subscription_t){ .userdata = (uintptr_t)r };
        subs[n].u.tag = __WASI_EVENTTYPE_FD_READ;
        subs[n].u.u.fd_read.file_descriptor = (__wasi_fd_t)r->fd;
    }
    if (n == 0 || timeout != INFINITY) subs[n++] = bide__wasi_clock(timeout);
    return n;
}

/* A descriptor that can't be polled counts as one that can be read. */
static void wasi_all_ready(bide_loop *loop) {
    for (bide__reader *r = loop->readers; r; r = r->next) bide__reader_ready(r);
}

void bide__host_poll(bide_loop *loop, double timeout) {
    __wasi_subscription_t subs[WASI_WATCHED_MOST + 1];
    __wasi_event_t events[WASI_WATCHED_MOST + 1];
    __wasi_size_t happened = 0;
    if (__wasi_poll_oneoff(subs, events, wasi_subscribe(loop, timeout, subs), &happened) != 0) {
        wasi_all_ready(loop);
        return;
    }
    for (__wasi_size_t i = 0; i < happened; i++)
        if (events[i].userdata != 0) bide__reader_ready((bide__reader *)(uintptr_t)events[i].userdata);
}

bool bide__host_can_watch(int fd) { return fd >= 0; }
void bide__host_watch_changed(bide_loop *loop) { (void)loop; }
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size) { return read(fd, buffer, size); }
void bide__host_wake(bide_loop *loop) { (void)loop; }
void bide__host_catch_interrupt(bool on) { (void)on; }      /* preview 1 has no signals: Ctrl-C ends the process */
bool bide__host_may_be_called(void) { return false; }

/* Engines refuse exit codes from 126 on (wasmtime), but end a trap with 134. */
void bide__host_exit(int code) {
    if (code < 126) exit(code);
    fflush(NULL);
    __builtin_trap();
}
