/* read.c -- read from a descriptor while other tasks run.
 *
 * The reader stands in the caller's frame, and wakes the caller's task. */
#include "io/reader.h"

#include "host.h"
#include "task/waiter.h"

#include <errno.h>
#include <string.h>

/* errno's text as the error's message. */
static int read_fail_errno(int error) {
    bide_value text = bide_bytes(strerror(error), strlen(strerror(error)));
    int rc = bide__fail(BIDE_EOS, text.kind == BIDE_BYTES ? bide__blob_of(text.bytes) : NULL);
    bide_value_clear(&text);
    return rc;
}

int bide_read(int fd, void *buffer, size_t size, size_t *got) {
    BIDE__TEXT(busy, "read() called while another coroutine is already waiting for incoming data");
    if (got) *got = 0;
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    int rc = bide__reader_check(fd);
    if (rc != 0) return rc;
    bide_loop *loop = t->future.loop;
    if (bide__reader_find(loop, fd)) return BIDE__FAIL(BIDE_ERUNTIME, busy);
    bide__reader r = { .loop = loop, .fd = fd, .task = t };
    bide__reader_add(&r);
    rc = bide__wait(t, "something to read");
    bide__reader_remove(&r);
    if (rc != 0) return rc;
    ptrdiff_t n = bide__host_read(fd, buffer, size);
    if (n < 0) return read_fail_errno(errno);
    if (got) *got = (size_t)n;
    return 0;
}
BIDE__SUSPENDS(bide_read);
