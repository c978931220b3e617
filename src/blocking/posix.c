/* posix.c -- standard error by write(2). */
#include "host.h"

#include <errno.h>
#include <unistd.h>

void bide__host_write_error(const char *text, size_t size) {
    for (ssize_t n; size > 0 && ((n = write(STDERR_FILENO, text, size)) > 0 || errno == EINTR);)
        if (n > 0) text += n, size -= (size_t)n;
}
