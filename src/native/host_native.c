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

enum { WATCHED_MOST = 64, LONGEST = 3600 };

double bide__host_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Clamped; waking early is fine. */
static struct timespec timespec_of(double seconds) {
    double whole = floor(seconds);
    if (seconds >= LONGEST) return (struct timespec){ .tv_sec = LONGEST };
    return (struct timespec){ .tv_sec = (time_t)whole, .tv_nsec = (long)((seconds - whole) * 1e9) };
}

static size_t fill(bide_loop *loop, struct pollfd *fds) {
    size_t n = 0;
    for (bide__reader *r = loop->readers; r && n < WATCHED_MOST; r = r->next) fds[n++] = (struct pollfd){ r->fd, POLLIN, 0 };
    return n;
}

/* poll, but a signal that came before it is not slept through. */
static int poll_unless_signalled(const bide_loop *loop, struct pollfd *fds, size_t n, double timeout) {
    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGQUIT);
    sigprocmask(SIG_BLOCK, &ours, &before);
    const struct timespec most = timespec_of(timeout);
    const bool signalled = loop->interrupted || (bide_dump && bide__dump_wanted);
    const int ready = signalled ? 0 : ppoll(fds, n, timeout == INFINITY ? NULL : &most, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ready;
}

void bide__host_poll(bide_loop *loop, double timeout) {
    struct pollfd fds[WATCHED_MOST];
    size_t n = fill(loop, fds), i = 0;
    if (poll_unless_signalled(loop, fds, n, timeout) <= 0) return;
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

static void dump_asked_for(int signal_number) {
    (void)signal_number;
    bide__dump_wanted = true;
}

static void catch(int signal_number, void (*handler)(int), int flags) {
    struct sigaction action = { .sa_flags = flags };
    action.sa_handler = handler;
    sigaction(signal_number, &action, NULL);
}

/* Ctrl-\ is caught only by programs that can dump. */
void bide__host_catch_interrupt(bool on) {
    catch(SIGINT, on ? interrupted : SIG_DFL, (int)SA_RESETHAND);
    if (bide_dump) catch(SIGQUIT, on ? dump_asked_for : SIG_DFL, 0);
}

bool bide__host_virtual_time(void) {
    const char *value = getenv("BIDE_VIRTUAL_TIME");
    return value && strcmp(value, "1") == 0;
}

bool bide__host_may_be_called(void) { return false; }

void bide__host_exit(int code) { exit(code); }
