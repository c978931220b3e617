/* coro.h -- the switch contract: how one C call stack is suspended and another one runs.
 *
 * A backend is a header coro_backend.h, found by the include path, and a .c file
 * for what is not inline. wasm/asyncify unwinds stacks, native switches them.
 *
 * ------------------------------------------------------------------ for the core
 *
 *   struct coro               its fields are the backend's; zeroed: not started. The core moves it by assignment, also
 *                             while it runs or is suspended: nothing may point into it, and what must not move is
 *                             allocated
 *   bool coro_init(struct coro *c, size_t size, uint32_t *near)
 *                             give it a stack; false: no memory, or whatever else it needs: nothing after this may
 *                             fail. `size` is in bytes, for WebAssembly's frames; a backend for a machine gives more.
 *                             `near` has CORO_NEAR words (an enum of the backend's) for its use, close to what else a
 *                             switch needs; NULL: there are none
 *   bool coro_wants_near(size)
 *                             whether a stack of that size has a use for them
 *   void coro_free(c)         give the stack back, whether fn has returned, is suspended for good, or was never
 *                             called; harmless twice; never for one that runs
 *   bool coro_resume(c, int (*fn)(void *), void *arg, int *rc)
 *                             run fn(arg) on c's stack, or go on where it was suspended. True: fn has
 *                             returned *rc, false: it is suspended. Always with the same fn and arg. The
 *                             caller does nothing else, is CORO_LEAF, and never suspends itself
 *   char *coro_home()         answers the stack that the loop runs on
 *   coro_go_home(home)        goes back to it. Between coro_resume and this, call nothing but coro_resume
 *   coro_place coro_outer()   answers the stack that runs now, for a coroutine that resumes another; the type is the
 *                             backend's
 *   coro_go_out(outer)        goes back to it. Between coro_resume and this, call nothing
 *   bool coro_suspend(c)      leave the coroutine that runs; see below
 *   bool coro_started(c)      whether coro_resume has been called
 *   bool coro_rewinding(), coro_rewound()
 *                             see below
 *   bool coro_unwinding()     whether a call has returned because it is being suspended
 *   size_t coro_used(c)       most bytes of stack seen at a suspension or by coro_measure; also after coro_free
 *   coro_paint(c)             mark the stack of one that has not started, so that coro_measure sees what was touched
 *   coro_measure(c)           look at what was touched of a painted stack; harmless after coro_free
 *   size_t coro_left()        bytes between the C stack pointer and the limit of the stack that runs now
 *   size_t coro_size(c)       bytes of stack that were asked for; also after coro_free
 *   bool coro_holds(c, p)     whether p points into its stack
 *   bool coro_unused(c, p)    whether p points into the part of its stack below the frames with which it was suspended.
 *                             A backend may take some bytes below them for frames, and never the other way round
 *   coro_watch(c, p)          bide__debug_raised is to be called when a function of c, which runs, gives back the
 *                             stack in which p lies; NULL: no longer. Until c is suspended. For debug mode; a backend may
 *                             do nothing
 *   coro_fetch_ahead(c, next, countdown)
 *                             c is about to be resumed, and most likely the coroutine at `next` after it, which may
 *                             be any address: the backend may bring memory closer that later ones will use.
 *                             `countdown` is one less at each resumption
 *
 * A function that suspends is *topmost*: it calls coro_suspend() itself. On backends that unwind, coro_suspend()
 * answers true. Then the function must return at once, and its value is ignored; on resumption it is entered
 * again from its first line, with arguments and locals lost, and coro_rewinding() answers true until
 * coro_rewound() is called. On backends that switch stacks, coro_suspend() answers false when the coroutine runs
 * again, and coro_rewinding() always does. So each such function reads
 *
 *     CORO_LEAF int bide_x(…) {
 *         if (coro_rewinding()) return coro_rewound(), x_end(bide__resumed());
 *         bide__task *t = bide__self();
 *         … check, fast path, queue; what x_end needs is in the task …
 *         return coro_suspend(&t->coro) ? 0 : x_end(bide__resumed());
 *     }
 *     BIDE__SUSPENDS(bide_x);
 *
 * What it calls may call coro_suspend in its place, if that is the last thing that it does. A run call is so (run/run.c).
 *
 * This keeps generated code out of every blocking call: only the program's own frames are unwound. CORO_LEAF
 * forbids inlining, since a function that calls coro_suspend must not become part of one that is unwound.
 *
 * The core gives the backend two functions, bide__debug_raised for coro_watch, and bide__report_overflow. The backend calls it for an overflow that it
 * sees; natively the guard page below the stack faults instead.
 *
 * ------------------------------------------------------------------ for hosts
 *
 * Hosts that return to their caller (returning/) need, beyond that,
 *
 *   coro_init_main(c, reserve)
 *                             make `main` a coroutine, on WebAssembly that of the linear memory's own stack. The upper
 *                             `reserve` bytes of that stack stay for the loop and for what the host's caller enters.
 *                             Aborts without memory
 *
 * and hosts in WebAssembly
 *
 *   coro_on_whole_stack()     whether the stack that runs is the linear memory's own, and no main has a part of it
 *   coro_place                has sp, base and limit: coro_go_out((coro_place){ top, top, bottom }) goes to
 *                             any other memory as the stack, as for functions that never suspend */
#ifndef BIDE_CORO_H
#define BIDE_CORO_H

#include "link.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CORO_LEAF __attribute__((noinline))

/* The stack of the coroutine that runs has overflowed: report it and exit 134. (task/report.c) */
_Noreturn void bide__report_overflow(void);

#include "coro_backend.h"

#endif
