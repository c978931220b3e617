/* libc_fcntl.c -- notes which descriptors the program itself has made non-blocking.
 *
 * The host can't tell: node:wasi makes stdin non-blocking by polling it. A read of a
 * descriptor that is so by the program's wish answers EAGAIN; any other read waits. */
#include "link.h"
#include "parts.h"

#include <fcntl.h>
#include <stdarg.h>

uint64_t bide__libc_nonblocking;

static void fcntl_note(int fd, int flags) {
    if ((unsigned)fd >= 64) return;
    const uint64_t bit = (uint64_t)1 << fd;
    bide__libc_nonblocking = flags & O_NONBLOCK ? bide__libc_nonblocking | bit : bide__libc_nonblocking & ~bit;
}

BIDE__LINK("--wrap=fcntl");
int __real_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...) {
    va_list args;
    va_start(args, command);
    const int argument = command == F_SETFL || command == F_SETFD ? va_arg(args, int) : 0;
    va_end(args);
    const int rc = __real_fcntl(fd, command, argument);
    if (rc >= 0 && command == F_SETFL) fcntl_note(fd, argument);
    return rc;
}
