/* libc_input.c -- a read suspends the calling task until there is something to read; what reads by stdio does so too.
 *
 *   a task          waits, and reads then
 *   no task         reads at once, and the host blocks. If the descriptor turns out to be non-blocking though the
 *                   program has not made it so, it waits for input and reads again
 *   non-blocking    made so by the program: EAGAIN if there is nothing, behind a turn of the other tasks
 *
 * scanf of a floating-point number reads on the shared stack (shared_stack.c), where
 * nobody can be suspended. If input ends in the middle of the number, the host blocks. */
#include "libc.h"

#include <wasi/api.h>

static bool input_never_waits(int fd) {
    __wasi_fdstat_t stat;
    if (fd < 0 || __wasi_fd_fdstat_get((__wasi_fd_t)fd, &stat) != 0) return true;
    return stat.fs_filetype == __WASI_FILETYPE_REGULAR_FILE || stat.fs_filetype == __WASI_FILETYPE_DIRECTORY;
}

static bool input_non_blocking(int fd) {
    return BIDE__HAS(bide__libc_nonblocking) && (unsigned)fd < 64 && bide__libc_nonblocking >> fd & 1;
}

/* 0, or errno. */
static int input_wait(int fd, bool non_blocking) {
    bide__task *t = bide__libc_self();
    if (!t || input_never_waits(fd)) return 0;
    bide__reader r = { .fd = fd };
    const int rc = bide__libc_look(t, &r, 1, non_blocking ? 0 : INFINITY);
    if (rc != 0) return bide__libc_errno(rc);
    return r.ready ? 0 : EAGAIN;
}

ptrdiff_t bide__libc_read(int fd, const struct iovec *pieces, int count) {
    const bool non_blocking = input_non_blocking(fd);
    for (;;) {
        int error = input_wait(fd, non_blocking);
        if (error != 0) return errno = error, -1;
        ptrdiff_t n = bide__libc_read_now(fd, pieces, count);
        if (n >= 0 || errno != EAGAIN || non_blocking) return n;
        if (!bide__libc_self() && (error = bide__libc_block(fd)) != 0) return errno = error, -1;
    }
}
BIDE__SUSPENDS(bide__libc_read);
