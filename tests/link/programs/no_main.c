/* no_main.c -- what JavaScript calls. */
#include <bide.h>

BIDE_EXPORT int answer(void) { return 42; }
