/* sched_yield.c -- sched_yield gives the other tasks a turn. */
#include "../libc/libc.h"

#include <sched.h>

int sched_yield(void) {
    bide__task *t = bide__libc_self();
    if (t) (void)bide__libc_wait(t, NULL, 0, "its next turn");
    return 0;
}
BIDE__SUSPENDS(sched_yield);
