/* tmpfile.c -- a file without a name, in /tmp, or in the current folder if that can't be. */
#include "temporary.h"

#include <stdio.h>
#include <unistd.h>

static int tmpfile_in(char *name) {
    const int fd = bide__temporary(name, bide__temporary_file);
    if (fd >= 0) (void)unlink(name);
    return fd;
}

FILE *tmpfile(void) {
    char there[] = "/tmp/tmpfile_XXXXXX", here[] = "tmpfile_XXXXXX";
    int fd = tmpfile_in(there);
    if (fd < 0) fd = tmpfile_in(here);
    if (fd < 0) return NULL;
    FILE *file = fdopen(fd, "w+");
    if (!file) close(fd);
    return file;
}
