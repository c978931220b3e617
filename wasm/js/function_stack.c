/* function_stack.c -- a task may have a small stack, and call JavaScript, which calls a synchronous function of C.
 *
 * That function has not chosen the stack. So it runs on one for all such calls, as
 * large as that of main. It can't suspend, so it leaves the stack before anybody else
 * needs it. What it calls stays there. But a generator that it asks has a stack of
 * its own: a call from there stays on that, since nobody knows how far the one for
 * all is used. If main has no part of the linear memory's own stack, a call from
 * outside of a task has that one. */
#include "function_stack.h"

#include "memory.h"

enum { STACK_SIZE = 131072 };

static char *stack_block;      /* made by the first such call, and kept; NULL: none, or no memory */
static bool stack_in_use;

bool bide__function_stack_enter(coro_place *outer) {
    if (stack_in_use) return false;
    if (!stack_block && !(stack_block = bide__alloc(STACK_SIZE))) return false;
    *outer = coro_outer();
    coro_go_out((coro_place){ stack_block + STACK_SIZE, stack_block + STACK_SIZE, stack_block });
    return stack_in_use = true;
}

void bide__function_stack_leave(coro_place outer) {
    coro_go_out(outer);
    stack_in_use = false;
}
