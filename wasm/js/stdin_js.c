/* stdin_js.c -- descriptors, of which JavaScript can watch stdin alone; js/runtime/input.js is the other side.
 *
 * JavaScript collects input only while there is a reader. When input comes, it
 * wakes the loop. The loop asks before each round of turns whether there is some.
 * The others are files, which can always be read. */
#include "js.h"
#include "host.h"
#include "io/reader.h"

BIDE__JS_IMPORT("stdin_ready") bool js_stdin_ready(void);
BIDE__JS_IMPORT("watch_stdin") void js_watch_stdin(bool on);

/* Readers of stdin, in all loops. */
static size_t stdin_watched;

void bide__host_poll(bide_loop *loop, double timeout) {
    (void)timeout;
    for (bide__reader *r = loop->readers; r; r = r->next)
        if (r->always || js_stdin_ready()) bide__reader_ready(r);
}

int bide__host_watch(bide__reader *r) {
    r->always = r->fd != 0;
    if (!r->always && stdin_watched++ == 0) js_watch_stdin(true);
    return 0;
}

void bide__host_unwatch(bide__reader *r) {
    if (!r->always && --stdin_watched == 0) js_watch_stdin(false);
}
