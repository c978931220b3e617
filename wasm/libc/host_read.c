/* host_read.c -- reading from a descriptor, without waiting for it to be ready. */
#include "libc.h"

#include "host.h"

#include <errno.h>
#include <wasi/api.h>

ptrdiff_t bide__libc_read_now(int fd, const struct iovec *pieces, int count) {
    size_t got;
    const __wasi_errno_t error = __wasi_fd_read((__wasi_fd_t)fd, (const __wasi_iovec_t *)pieces, (size_t)count, &got);
    if (error == 0) return (ptrdiff_t)got;
    errno = error == ENOTCAPABLE ? EBADF : error;
    return -1;
}

ptrdiff_t bide__host_read(int fd, void *buffer, size_t size) {
    return bide__libc_read_now(fd, &(struct iovec){ buffer, size }, 1);
}
