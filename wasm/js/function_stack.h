/* function_stack.h -- the stack of a synchronous call that JavaScript makes from within a task (function_stack.c). */
#ifndef BIDE_JS_FUNCTION_STACK_H
#define BIDE_JS_FUNCTION_STACK_H

#include "coro.h"

/* Go to it, and answer true: the caller must go back to `outer`. False: the stack that runs is the one to use. */
bool bide__function_stack_enter(coro_place *outer);
void bide__function_stack_leave(coro_place outer);

#endif
