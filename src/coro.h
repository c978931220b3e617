/* coro.h -- the switch contract: what the core needs to suspend one C call stack and run another.
 *
 * A backend is a header coro_backend.h (found by the include path) with
 *
 *   struct coro               its fields; zeroed: not started
 *   coro_init(c, size, near)  give it a stack of `size` bytes; false: no memory. `near`: CORO_NEAR words
 *                             close to what else a switch needs, for the backend's use; NULL: none
 *   coro_free(c)              give the stack back; harmless twice; never for one that runs
 *   coro_resume(c, fn, arg, &rc)
 *                             run fn(arg) on c's stack, or go on where it was
 *                             suspended; true: fn returned rc, false: suspended.
 *                             Always with the same fn and arg; by functions that do
 *                             nothing else, CORO_LEAF and never suspending themselves
 *   coro_home(), coro_go_home(home)
 *                             the stack that the loop runs on: after coro_resume
 *                             nothing but coro_resume may be called before going home
 *   coro_outer(), coro_go_out(outer)
 *                             the same for a coroutine that resumes another one: what runs
 *                             now, and back to it, before anything else is called
 *   coro_suspend(c)           leave the coroutine that runs, see below
 *   coro_started(c)           whether coro_resume has been called
 *   coro_rewinding()          see below
 *   coro_rewound()            see below
 *   coro_used(c)              most bytes of stack seen at a suspension
 *   coro_size(c)              bytes of stack it has, 0 after coro_free
 *   coro_are_many()           whether there are so many that a switch mostly waits for memory
 *   coro_frames(c)            where its suspended frames stand
 *   coro_fetch(address)       bring memory that will soon be used closer, if the address is one; or do nothing
 *   coro_holds(c, p)          whether p points into its stack
 *
 * A function that suspends is *topmost*: it calls coro_suspend() itself. On
 * backends that unwind (Asyncify) coro_suspend() answers true and the function
 * must return at once, its value being ignored; on resumption it is entered
 * again from its first line, with arguments and locals lost, and coro_rewinding()
 * answers true until coro_rewound() is called. On backends that switch stacks
 * coro_suspend() answers false when the coroutine runs again. So each reads
 *
 *     CORO_LEAF int bide_x(…) {
 *         if (coro_rewinding()) return coro_rewound(), x_end(self);
 *         … check, fast path, queue; what x_end needs is in the task …
 *         return coro_suspend(&self->coro) ? 0 : x_end(self);
 *     }
 *
 * This keeps Asyncify's generated code out of every blocking call: only the
 * program's own frames are unwound. CORO_LEAF forbids inlining, since a
 * function that calls coro_suspend must not become part of one that is unwound. */
#ifndef BIDE_CORO_H
#define BIDE_CORO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CORO_LEAF __attribute__((noinline))

#include "coro_backend.h"

#endif
