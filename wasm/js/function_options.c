/* function_options.c -- in programs whose typed functions have options. */
#include "js.h"

const char bide__function_options_part;

/* Nobody calls it, so the linker drops it. */
const void *bide__js_bring_options(void);
const void *bide__js_bring_options(void) {
    bide__bring_task_options();
    return &bide__function_part;
}
