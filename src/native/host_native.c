/* host_native.c -- POSIX: the core without wasm, for sanitizers, fuzzers and debuggers. */
#define _GNU_SOURCE
#include "blocking/watched.h"
#include "host.h"
#include "io/reader.h"
#include "run/run.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NATIVE_LONGEST = 3600 };

double bide__host_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Clamped: the loop sleeps again if it woke early. */
static struct timespec native_timespec_of(double seconds) {
    double whole = floor(seconds);
    if (seconds >= NATIVE_LONGEST) return (struct timespec){ .tv_sec = NATIVE_LONGEST };
    return (struct timespec){ .tv_sec = (time_t)whole, .tv_nsec = (long)((seconds - whole) * 1e9) };
}

static size_t native_fill(bide_loop *loop, struct pollfd *fds) {
    size_t n = 0;
    for (bide__reader *r = loop->readers; r; r = r->next) fds[n++] = (struct pollfd){ r->fd, POLLIN, 0 };
    return n;
}

/* poll(2), which also returns if a signal came shortly before it. */
static int native_poll_unless_signalled(const bide_loop *loop, struct pollfd *fds, size_t n, double timeout) {
    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGQUIT);
    sigprocmask(SIG_BLOCK, &ours, &before);
    const struct timespec most = native_timespec_of(timeout);
    const bool signalled = loop->asked || (BIDE__HAS(bide_dump) && bide__dump_wanted);
    const int ready = signalled ? 0 : ppoll(fds, n, timeout == INFINITY ? NULL : &most, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ready;
}

void bide__host_sleep(bide_loop *loop, double timeout) { (void)native_poll_unless_signalled(loop, NULL, 0, timeout); }

void bide__host_poll(bide_loop *loop, double timeout) {
    struct pollfd *fds = bide__watched_room();
    size_t n = native_fill(loop, fds), i = 0;
    if (native_poll_unless_signalled(loop, fds, n, timeout) <= 0) return;
    for (bide__reader *r = loop->readers; r && i < n; r = r->next, i++)
        if (fds[i].revents) bide__reader_ready(r);
}

int bide__host_watch(bide__reader *r) { return (void)r, bide__watched_more(sizeof(struct pollfd)); }
void bide__host_unwatch(bide__reader *r) { (void)r, bide__watched_less(); }
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size) { return read(fd, buffer, size); }
void bide__host_wake(bide_loop *loop) { (void)loop; }

/* The loop handles the first Ctrl-C. The handler is called once, so the second ends the process. */
static void native_interrupted(int signal_number) {
    (void)signal_number;
    if (bide__running) bide__running->asked |= BIDE__ASKED_INTERRUPT;
}

static void native_dump_asked_for(int signal_number) {
    (void)signal_number;
    bide__dump_wanted = true;
}

static void native_catch(int signal_number, void (*handler)(int), int flags) {
    struct sigaction action = { .sa_flags = flags };
    action.sa_handler = handler;
    sigaction(signal_number, &action, NULL);
}

/* Programs that can dump catch Ctrl-\ as well. */
void bide__host_catch_interrupt(bool on) {
    native_catch(SIGINT, on ? native_interrupted : SIG_DFL, (int)SA_RESETHAND);
    if (BIDE__HAS(bide_dump)) native_catch(SIGQUIT, on ? native_dump_asked_for : SIG_DFL, 0);
}

bool bide__host_virtual_time(void) {
    const char *value = getenv("BIDE_VIRTUAL_TIME");
    return value && strcmp(value, "1") == 0;
}

bool bide__host_may_be_called(void) { return false; }

void bide__host_exit(int code) { exit(code); }
