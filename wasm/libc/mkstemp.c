/* mkstemp.c -- a file of a name that nobody else has. */
#include "temporary.h"

#include <stdlib.h>

int mkstemp(char *name);
int mkstemp(char *name) { return bide__temporary(name, bide__temporary_file); }
