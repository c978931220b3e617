/* host.h -- the host contract: what the core needs from where it runs.
 *
 * native/host_native.c, wasm/wasi/host_wasi_p1.c and wasm/js/host_js.c
 * implement it. Hosts that block share blocking/host_blocking.c, which calls
 * bide__host_poll(); the JavaScript host returns to JavaScript instead. */
#ifndef BIDE_HOST_H
#define BIDE_HOST_H

#include "bide.h"

/* Seconds on a clock that never goes back. */
double bide__host_now(void);

/* Run turns of `loop` until it is stopped (0) or found dead-locked (BIDE_EDEADLOCK,
 * only after bide__loop_deadlock() returned). Suspends `main` on hosts that can't block.
 * BIDE_ERUNTIME: `main` can't be suspended here. */
int bide__host_run(bide_loop *loop);

/* Hosts that block: sleep until `timeout` seconds have passed (INFINITY: no
 * limit), a reader's descriptor is readable or an interrupt came; queue those
 * readers with bide__reader_ready(). May return early. */
void bide__host_poll(bide_loop *loop, double timeout);

/* Whether descriptor `fd` can be waited for. */
bool bide__host_can_watch(int fd);
/* The set of watched descriptors has changed (JavaScript host: start or stop reading stdin). */
void bide__host_watch_changed(bide_loop *loop);
/* read(2) on a descriptor that is ready: bytes read, or -1 with errno. */
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size);

/* Something was scheduled from outside a turn; make sure that one comes. */
void bide__host_wake(bide_loop *loop);

/* A run begins or ends: Ctrl-C is to call bide__loop_interrupt(), or no longer. */
void bide__host_catch_interrupt(bool on);

/* A JavaScript error that the host keeps under a number isn't referred to any more. */
void bide__host_drop_error(uint32_t error);

/* Whether loops start on the virtual clock (BIDE_VIRTUAL_TIME=1). */
bool bide__host_virtual_time(void);

/* Whether a loop that waits for nothing may still be called from outside. */
bool bide__host_may_be_called(void);

/* Write to the standard error stream, all of it. */
void bide__host_write_error(const char *text, size_t size);

/* End the program with this exit code after flushing stdio. */
_Noreturn void bide__host_exit(int code);

#endif
