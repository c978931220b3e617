/* host.h -- the host contract: what the core needs from where it runs, and what a host completes for it.
 *
 * A host implements the functions of the first section. Two folders have some of them already; the comment of
 * such a function names them:
 *
 *   blocking/    hosts that can block: native/host_native.c, wasm/wasi/host_wasi_p1.c
 *   returning/   hosts that return to their caller, who wakes them again: wasm/js
 *
 * Beyond this header, a host calls bide__reader_ready (parts.h) and what run/run.h declares. */
#ifndef BIDE_HOST_H
#define BIDE_HOST_H

#include "parts.h"

/* ---------------------------------------------------------------- what a host does for the core */

/* Seconds on a clock that never goes back. */
double bide__host_now(void);

/* Run turns of `loop` until it is stopped (0) or found dead-locked (BIDE_EDEADLOCK, only after
 * bide__loop_deadlock() returned). On hosts that return it suspends `main`, and sets bide__run_outcome (run/run.h) to
 * what it would have answered; BIDE_ERUNTIME: that can't be done here. (blocking/, returning/) */
int bide__host_run(bide_loop *loop);

/* Sleep until `timeout` seconds have passed (INFINITY: no limit), or a signal has set loop->asked or
 * bide__dump_wanted, be it before the call. It may return early. Hosts that return don't have it. */
void bide__host_sleep(bide_loop *loop, double timeout);
/* Queue the readers (loop->readers, linked by `next`) whose descriptors can be read, with bide__reader_ready().
 * Hosts that block sleep before, until there is one, as bide__host_sleep does. A program that has no reader does not
 * carry it: it is called by loop->poll. */
void bide__host_poll(bide_loop *loop, double timeout);

/* `r` stands in loop->readers now. Sets r->always if the descriptor counts as one that can always be read.
 * 0; BIDE_ENOMEM: it will not be watched, and is taken out again. */
int bide__host_watch(bide__reader *r);
/* It was watched, and does not stand there any more. */
void bide__host_unwatch(bide__reader *r);
/* read(2) on a descriptor that is ready: bytes read, or -1 with errno. */
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size);

/* Something was scheduled from outside of a turn; make sure that one comes. Hosts that block do nothing. */
void bide__host_wake(bide_loop *loop);

/* A run begins or ends: Ctrl-C is to interrupt it, or no longer. Who notices it sets BIDE__ASKED_INTERRUPT
 * in `asked` of the loop whose main task it is; a signal handler may. */
void bide__host_catch_interrupt(bool on);

/* Let so many seconds pass where no loop runs: 0, or the code of why it was cut short. Only libc's waits ask for it, so a
 * host in WebAssembly has it alone. */
int bide__host_pause(double seconds);

/* A JavaScript error that the host keeps under a number is not referred to any more. (blocking/) */
void bide__host_drop_js(uint32_t error);

/* Whether loops start on the virtual clock: BIDE_VIRTUAL_TIME=1 stands in the environment. */
bool bide__host_virtual_time(void);

/* Whether a loop that waits for nothing may still be called from outside. Hosts that block answer false. */
bool bide__host_may_be_called(void);

/* Write all of it to the standard error stream. (blocking/) */
void bide__host_write_error(const char *text, size_t size);

/* End the program with this exit code after flushing stdio. */
_Noreturn void bide__host_exit(int code);

/* ---------------------------------------------------------------- operations (io/operation.c)
 *
 * What the host will complete, or the core cancels: a promise, later a socket or
 * a process. The core has a future for each. An operation is known by the
 * address of the host's own data, which the core allocates with the future.
 *
 *   pending -> done      the host: bide__operation_complete
 *   pending -> dropped   the core: the future was cancelled, or nobody refers to it; type->drop is called
 *
 * After either, the host must not touch the data: it may be gone. */

typedef struct {
    const char *name;             /* what a task waits for, in reports: "a promise" */
    size_t size;                  /* of the host's data */
    void (*drop)(void *data);     /* the host gives it up, and never completes it */
} bide__operation_type;

/* A pending operation of `loop`, which goes on waiting for it; NULL: no memory, noted. The data is zeroed. */
void *bide__operation_new(bide_loop *loop, const bide__operation_type *type);
/* It is done: `value` is its result, or an ERROR that it failed with. Takes `value`. */
void bide__operation_complete(void *data, bide_value value);
/* Wait for it; the operation is given up with this call. Suspends; 0, what it failed with, BIDE_ECANCELED. */
int bide__operation_await(void *data, bide_value *result);

#endif
