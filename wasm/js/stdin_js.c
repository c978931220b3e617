/* stdin_js.c -- descriptors: of those, JavaScript can watch stdin alone.
 *
 * JavaScript collects input only while a loop has a reader; then it wakes the
 * loop, which asks it before each round of turns whether there is something. */
#include "js.h"

#include <unistd.h>

BIDE__JS_IMPORT("watch_stdin") void js_watch_stdin(bool on);

bool bide__host_can_watch(int fd) { return fd == 0; }
void bide__host_watch_changed(bide_loop *loop) { js_watch_stdin(loop->readers != NULL); }
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size) { return read(fd, buffer, size); }
