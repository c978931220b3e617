/* tmpnam.c -- a name that no file has: in /tmp, or in the current folder if there is no /tmp. */
#include "temporary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* 0: nobody has the name. */
static int tmpnam_look(const char *name) {
    struct stat stat;
    if (lstat(name, &stat) != 0) return 0;
    return errno = EEXIST, -1;
}

char *tmpnam(char *name) {
    static char own[] = "/tmp/tmpnam_XXXXXX";
    struct stat folder;
    if (!name) name = own;
    strcpy(name, stat("/tmp", &folder) == 0 ? "/tmp/tmpnam_XXXXXX" : "tmpnam_XXXXXX");
    return bide__temporary(name, tmpnam_look) == 0 ? name : NULL;
}
