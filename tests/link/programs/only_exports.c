/* Nothing waits; JavaScript calls it. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>

BIDE_EXPORT int add(int a, int b) { return a + b; }

#ifdef FAREWELL
static void say_farewell(void) { puts("farewell"); }
BIDE_EXPORT int promise_farewell(void) { return atexit(say_farewell); }
#endif
