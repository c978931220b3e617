/* calls.c -- a function that JavaScript calls, and that does not suspend. in_node.js measures the call. */
#include <bide.h>

BIDE_EXPORT int add(int a, int b) { return a + b; }
