/* flush.c -- what the program has printed becomes visible: while it waits, and after a trap. Each program has it, so it
 * stands by itself and refers to nothing of the core. */
#include "js.h"

#include <stdio.h>

BIDE__JS_EXPORT("bide__js_flush") void bide__js_flush(void) { fflush(NULL); }
BIDE__LINK("--undefined=bide__js_flush");

/* JavaScript calls _initialize, which runs constructors, when the program is loaded, and main later. */
BIDE__LINK("--entry=_initialize");
