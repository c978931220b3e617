/* host_wasi_p1.c -- WASI preview 1: wasmtime, node:wasi and others.
 *
 * The loop sleeps in one poll_oneoff; poll_wasi.c has that for a program that waits for
 * descriptors. On every engine these hold: there is at most one clock subscription,
 * relative, MONOTONIC, of at least a millisecond. Clock events are ignored, and the
 * clock is read again. */
#include "wasi.h"

#include "host.h"

#include <stdio.h>
#include <stdlib.h>

void bide__host_sleep(bide_loop *loop, double timeout) {
    const __wasi_subscription_t clock = bide__wasi_clock(timeout);
    __wasi_event_t event;
    __wasi_size_t happened;
    (void)loop;
    (void)__wasi_poll_oneoff(&clock, &event, 1, &happened);
}

void bide__host_wake(bide_loop *loop) { (void)loop; }
void bide__host_catch_interrupt(bool on) { (void)on; }      /* preview 1 has no signals: Ctrl-C ends the process */
bool bide__host_may_be_called(void) { return false; }

/* Engines refuse exit codes from 126 on (wasmtime), but end a trap with 134. */
void bide__host_exit(int code) {
    if (code < 126) exit(code);
    fflush(NULL);
    __builtin_trap();
}
