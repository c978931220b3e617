/* read.c -- read from a descriptor while other tasks run.
 *
 * The reader stands in a frame of the caller's, and wakes the caller's task. What was
 * there may be gone when the task runs: then the task waits again. */
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

static int read_wait(bide__task *t, bide_loop *loop, int fd) {
    bide__reader r = { .loop = loop, .fd = fd, .task = t };
    int rc = bide__reader_add(&r);
    if (rc != 0) return rc;
    rc = bide__wait(t, "something to read");
    bide__reader_remove(&r);
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
    ptrdiff_t n;
    do {
        if ((rc = read_wait(t, loop, fd)) != 0) return rc;
        n = bide__host_read(fd, buffer, size);
    } while (n < 0 && (errno == EAGAIN || errno == EINTR));
    if (n < 0) return read_fail_errno(errno);
    if (got) *got = (size_t)n;
    return 0;
}
BIDE__SUSPENDS(bide_read);
