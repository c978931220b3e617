/* coro_watch.c -- notices when a function gives its stack back. For debug mode.
 *
 * The stack check compares each new stack pointer with the two limits of the stack.
 * Where a function gives stack back, it is above the old one, and nothing would be
 * compared. But a module with this file keeps those comparisons (js/link/stack_check.js).
 * So the upper limit is lowered to what is watched, until the stack pointer comes to lie
 * above it. Resuming sets the limits anew. */
#include "coro.h"
#include "parts.h"

/* The stack that a report needs. If there is less, it is better to say nothing than to overflow. */
enum { CORO_WATCH_ROOM = 1024 };

void coro_watch(struct coro *c, const void *p) {
    const coro_place here = coro_outer();
    if (here.base) coro__set_stack(here.sp, p ? (char *)p : c->block + c->size, here.limit);
}

/* The code of the stack-check pass calls it before the stack pointer is raised over the upper limit. */
__attribute__((export_name("bide__stack_raised"))) void bide__stack_raised(uintptr_t sp) {
    if (coro_left() >= CORO_WATCH_ROOM) bide__debug_raised((const void *)sp);
    else bide__debug_unwatch();
}
BIDE__COLD(bide__stack_raised);
