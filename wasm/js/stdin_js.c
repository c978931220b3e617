/* stdin_js.c -- descriptors, of which JavaScript can watch stdin alone; js/runtime/input.js is the other side.
 *
 * JavaScript collects input only while a loop has a reader. When input comes, it
 * wakes the loop. The loop asks before each round of turns whether there is some. */
#include "js.h"
#include "host.h"
#include "io/reader.h"

#include <unistd.h>

BIDE__JS_IMPORT("stdin_ready") bool js_stdin_ready(void);
BIDE__JS_IMPORT("watch_stdin") void js_watch_stdin(bool on);

void bide__host_poll(bide_loop *loop, double timeout) {
    (void)timeout;
    for (bide__reader *r = loop->readers; r; r = r->next)
        if (r->fd == 0 && js_stdin_ready()) bide__reader_ready(r);
}

bool bide__host_can_watch(int fd) { return fd == 0; }
void bide__host_watch_changed(bide_loop *loop) { js_watch_stdin(loop->readers != NULL); }
ptrdiff_t bide__host_read(int fd, void *buffer, size_t size) { return read(fd, buffer, size); }
