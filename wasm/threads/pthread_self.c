/* pthread_self.c -- each task is a thread of its own to who asks which one runs.
 *
 * Outside of any task it is libc's only thread. */
#include "locks.h"

#include <threads.h>

extern struct __pthread *pthread_self_only[] __asm__("__wasilibc_pthread_self");

pthread_t pthread_self(void) {
    const uint32_t self = bide__lock_self();
    return self == UINT32_MAX ? (pthread_t)pthread_self_only : (pthread_t)(uintptr_t)self;
}

thrd_t thrd_current(void) { return (thrd_t)pthread_self(); }
