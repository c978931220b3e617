/* libc_readv.c -- readv(2) suspends the calling task alone. */
#include "libc.h"

ssize_t readv(int fd, const struct iovec *pieces, int count) {
    if (count < 0) return errno = EINVAL, -1;
    return bide__libc_read(fd, pieces, count);
}
BIDE__SUSPENDS(readv);
