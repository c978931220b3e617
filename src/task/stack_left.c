/* stack_left.c -- how much stack there is. */
#include "coro.h"
#include "parts.h"

size_t bide_stack_left(void) { return coro_left(); }
