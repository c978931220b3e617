/* libc_read.c -- read(2) suspends the calling task alone. */
#include "libc.h"

#include <unistd.h>

ssize_t read(int fd, void *buffer, size_t size) { return bide__libc_read(fd, &(struct iovec){ buffer, size }, 1); }
BIDE__SUSPENDS(read);
