/* cookie.c -- streams of the program's own: fopencookie.
 *
 * The functions of such a stream may wait: fread, fwrite, fputs and their like lie on the
 * caller's stack. Below printf and scanf they are on the shared stack
 * (shared_stack.c), which the next task would overwrite. There they can't wait.
 * libc is given functions of this file, which know where they are. */
#include "loop/coroutine.h"
#include "parts.h"

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

struct cookie { void *theirs; cookie_io_functions_t io; };

static bool cookie_pin(bide__pinned *pinned) {
    if (!(BIDE__HAS(bide__libc_on_shared_stack) && bide__libc_on_shared_stack)) return false;
    bide__pin(pinned);
    return true;
}

static void cookie_unpin(bool was_pinned) {
    if (was_pinned) bide__unpin();
}

static ssize_t cookie_read(void *cookie, char *to, size_t size) {
    const struct cookie *c = cookie;
    bide__pinned pinned;
    const bool pins = cookie_pin(&pinned);
    const ssize_t n = c->io.read(c->theirs, to, size);
    cookie_unpin(pins);
    return n;
}

static ssize_t cookie_write(void *cookie, const char *from, size_t size) {
    const struct cookie *c = cookie;
    bide__pinned pinned;
    const bool pins = cookie_pin(&pinned);
    const ssize_t n = c->io.write(c->theirs, from, size);
    cookie_unpin(pins);
    return n;
}

static int cookie_seek(void *cookie, off_t *offset, int whence) {
    const struct cookie *c = cookie;
    bide__pinned pinned;
    const bool pins = cookie_pin(&pinned);
    const int rc = c->io.seek(c->theirs, offset, whence);
    cookie_unpin(pins);
    return rc;
}

/* Nothing on the shared stack closes a stream. */
static int cookie_close(void *cookie) {
    const struct cookie c = *(struct cookie *)cookie;
    free(cookie);
    return c.io.close ? c.io.close(c.theirs) : 0;
}

static cookie_io_functions_t cookie_functions(cookie_io_functions_t theirs) {
    return (cookie_io_functions_t){
        .read = theirs.read ? cookie_read : NULL, .write = theirs.write ? cookie_write : NULL,
        .seek = theirs.seek ? cookie_seek : NULL, .close = cookie_close,
    };
}

/* In programs with coroutines that call it, the linker puts this in its place (COOKIE in js/link/names.js). */
FILE *__real_fopencookie(void *cookie, const char *mode, cookie_io_functions_t io);
FILE *__wrap_fopencookie(void *cookie, const char *mode, cookie_io_functions_t io);

FILE *__wrap_fopencookie(void *cookie, const char *mode, cookie_io_functions_t io) {
    struct cookie *c = malloc(sizeof *c);
    if (!c) return NULL;
    *c = (struct cookie){ cookie, io };
    FILE *stream = __real_fopencookie(c, mode, cookie_functions(io));
    if (!stream) free(c);
    return stream;
}
