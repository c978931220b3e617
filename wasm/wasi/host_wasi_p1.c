/* host_wasi_p1.c -- WASI preview 1: wasmtime, node:wasi and others.
 *
 * The loop sleeps in one poll_oneoff. On every engine these hold: there is at most
 * one clock subscription, relative, MONOTONIC, of at least a millisecond. Clock
 * events are ignored, and the clock is read again. If a descriptor can't be polled,
 * its event or the whole call fails, and it counts as always ready. */
#include "host.h"
#include "io/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

enum { WASI_WATCHED_MOST = 16, WASI_NS_PER_MS = 1000000 };

double bide__host_now(void) {
    __wasi_timestamp_t ns = 0;
    (void)__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1000, &ns);
    return (double)ns * 1e-9;
}

/* Rounded up to whole milliseconds: some engines truncate. */
static __wasi_timestamp_t wasi_nanoseconds(double seconds) {
    double ms = ceil(seconds * 1000);
    return ms > 1e12 ? (__wasi_timestamp_t)1e18 : ms < 1 ? WASI_NS_PER_MS : (__wasi_timestamp_t)ms * WASI_NS_PER_MS;
}

static __wasi_subscription_t wasi_clock_subscription(double seconds) {
    __wasi_subscription_t s = { .userdata = 0 };
    s.u.tag = __WASI_EVENTTYPE_CLOCK;
    s.u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    s.u.u.clock.timeout = wasi_nanoseconds(seconds);
    return s;
}

static __wasi_size_t wasi_subscribe(bide_loop *loop, double timeout, __wasi_subscription_t *subs) {
    __wasi_size_t n = 0;
    for (bide__reader *r = loop->readers; r && n < WASI_WATCHED_MOST; r = r->next, n++) {
        subs[n] = (__wasi_subscription_t){ .userdata = (uintptr_t)r };
        subs[n].u.tag = __WASI_EVENTTYPE_FD_READ;
        subs[n].u.u.fd_read.file_descriptor = (__wasi_fd_t)r->fd;
    }
    if (n == 0 || timeout != INFINITY) subs[n++] = wasi_clock_subscription(timeout);
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

/* Whether a variable of the environment has this text, `NAME=value`. */
static bool wasi_has_variable(char **variables, size_t count, const char *text) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(variables[i], text) == 0) return true;
    return false;
}

/* Not by getenv, which brings malloc into programs that do not use it. */
bool bide__host_virtual_time(void) {
    __wasi_size_t count = 0, size = 0;
    if (__wasi_environ_sizes_get(&count, &size) != 0 || count == 0) return false;
    size_t room = count * sizeof(char *) + size;
    char **variables = bide__alloc(room);
    if (!variables) return false;
    bool on = __wasi_environ_get((uint8_t **)variables, (uint8_t *)(variables + count)) == 0 && wasi_has_variable(variables, count, "BIDE_VIRTUAL_TIME=1");
    bide__free(variables, room);
    return on;
}

/* Engines refuse exit codes from 126 on (wasmtime), but end a trap with 134. */
void bide__host_exit(int code) {
    if (code < 126) exit(code);
    fflush(NULL);
    __builtin_trap();
}
