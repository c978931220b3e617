/* mkdtemp.c -- a folder of a name that nobody else has. */
#include "temporary.h"

#include <stdlib.h>
#include <sys/stat.h>

static int mkdtemp_make(const char *name) { return mkdir(name, 0700); }

char *mkdtemp(char *name);
char *mkdtemp(char *name) { return bide__temporary(name, mkdtemp_make) < 0 ? NULL : name; }
