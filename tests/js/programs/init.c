/* init.c -- a constructor that traps or exits, as TRAP and EXIT in the environment say. */
#include <bide.h>
#include <stdlib.h>

__attribute__((constructor)) static void begin(void) {
    if (getenv("TRAP")) __builtin_trap();
    if (getenv("EXIT")) exit(3);
}

BIDE_EXPORT int one(void) { return 1; }
BIDE_EXPORT int leave(void) { exit(4); }
BIDE_EXPORT int trap_it(void) { __builtin_trap(); }
