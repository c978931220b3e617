/* main.c -- enters the program's main; linked only if it has one. */
#include "js.h"

#include <stdlib.h>

/* The C library's: fetches the arguments, if main wants them, and calls it. */
int __main_void(void);

static int bide__js_program(void *arg) {
    (void)arg;
    exit(__main_void());
}

/* Run main until it suspends or ends the program. */
BIDE__JS_EXPORT("bide__js_start") void bide__js_start(void) { bide__js_run_main(bide__js_program); }
