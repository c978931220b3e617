/* input_js.c -- a read outside of any task: JavaScript's function blocks, or can't. Not in outside_js.c, which brings run calls along. */
#include "../libc/libc.h"

int bide__libc_block(int fd) { return (void)fd, EAGAIN; }
