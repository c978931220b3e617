/* pthread_self.c -- each task is a thread of its own to who asks which one runs.
 *
 * What a task gets is no address, so nobody can take it for one. Outside of any task it is libc's only thread. */
#include "locks.h"

#include <threads.h>

extern struct __pthread *pthread_self_only[] __asm__("__wasilibc_pthread_self");

/* Numbers of named tasks have the highest bit (task/waiter.c). */
static pthread_t self_of(uint32_t number) { return (pthread_t)(uintptr_t)(number << 2 | (number >> 31 ? 2 : 1)); }

pthread_t pthread_self(void) {
    const uint32_t self = bide__lock_self();
    return self == UINT32_MAX ? (pthread_t)pthread_self_only : self_of(self);
}

thrd_t thrd_current(void) { return (thrd_t)pthread_self(); }
