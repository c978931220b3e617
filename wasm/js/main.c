/* main.c -- enters the program's main; linked only if it has one. In a program without loops it is called, and does not suspend. */
#include "js.h"
#include "parts.h"

#include <stdlib.h>

/* The C library's. It fetches the arguments, if main wants them, and calls main. */
int __main_void(void);

static int bide__js_program(void *arg) {
    (void)arg;
    int code = __main_void();
    if (BIDE__HAS(bide__js_end_calls) && bide__js_end_calls(code)) return 0;
    exit(code);
}
BIDE__SUSPENDS(bide__js_program);

/* Run main until it suspends or ends the program. */
BIDE__JS_EXPORT("bide__js_start") void bide__js_start(void) {
    if (BIDE__HAS(bide__returning_start)) bide__returning_start(bide__js_program);
    else exit(__main_void());
}
BIDE__LINK_MAIN("--undefined=bide__js_start");
