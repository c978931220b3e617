/* host_native.c -- POSIX: the core without wasm, for sanitizers, fuzzers and debuggers. */
#define _GNU_SOURCE
#include "internal.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WATCHED_MOST = 64, LONGEST_MS = 3600 * 1000 };

double bide__host_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Milliseconds rounded up and clamped; waking early is fine. */
static int milliseconds(double seconds) {
    return seconds * 1000 >= LONGEST_MS ? (seconds == INFINITY ? -1 : LONGEST_MS) : (int)ceil(seconds * 1000);
}

static size_t fill(bide_loop *loop, struct pollfd *fds) {
    size_t n = 0;
    for (bide__reader *r = loop->readers; r && n < WATCHED_MOST; r = r->next) fds[n++] = (struct pollfd){ r->fd, POLLIN, 0 };
    return n;
}

void bide__host_poll(bide_loop *loop, double timeout) {
    struct pollfd fds[WATCHED_MOST];
    size_t n = fill(loop, fds), i = 0;
    if (loop->interrupted || poll(fds, n, milliseconds(timeout)) <= 0) return;
    for (bide__reader *r = loop->readers; r && i < n; r = r->next, i++)
        if (fds[i].revents) bide__reader_ready(r);
}

bool bide__host_can_watch(int fd) { return fd >= 0; }
void bide__host_watch_changed(bide_loop *loop) { (void)loop; }
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size) { return read(fd, buffer, size); }
void bide__host_wake(bide_loop *loop) { (void)loop; }

/* The first Ctrl-C is the loop's to handle; the handler then restores the default, so the second ends the process. */
static void interrupted(int signal_number) {
    (void)signal_number;
    if (bide__running) bide__running->interrupted = true;
}

void bide__host_catch_interrupt(bool on) {
    struct sigaction action = { .sa_flags = (int)SA_RESETHAND };
    action.sa_handler = on ? interrupted : SIG_DFL;
    sigaction(SIGINT, &action, NULL);
}

bool bide__host_virtual_time(void) {
    const char *value = getenv("BIDE_VIRTUAL_TIME");
    return value && strcmp(value, "1") == 0;
}

bool bide__host_may_be_called(void) { return false; }

void bide__host_exit(int code) { exit(code); }
