/* shared_stack.h -- what setjmp.c asks of shared_stack.c. */
#ifndef BIDE_SHARED_STACK_H
#define BIDE_SHARED_STACK_H

#include <stdbool.h>

/* A jump goes to a stack with that base: if the shared one runs, and is another, go back to the one that it was
 * entered from. */
void bide__shared_abandon(const char *base);

#endif
