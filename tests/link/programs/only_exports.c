/* Nothing waits; JavaScript calls it. */
#include <bide.h>

BIDE_EXPORT int add(int a, int b) { return a + b; }
