/* process.c -- what libc has of the process.
 *
 * Its signals, times, number and mmap stand in libraries of their own, which programs
 * get as they get the rest of libc. js/cli/compile.js defines what the headers want to
 * see for it. There is no shell, and no process could be started. */
#include "link.h"

#include <errno.h>
#include <stdlib.h>

BIDE__LINK("-lwasi-emulated-signal");
BIDE__LINK("-lwasi-emulated-process-clocks");
BIDE__LINK("-lwasi-emulated-getpid");
BIDE__LINK("-lwasi-emulated-mman");

int system(const char *command) {
    if (!command) return 0;
    return errno = ENOSYS, -1;
}
