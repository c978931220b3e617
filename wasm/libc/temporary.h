/* temporary.h -- names of files and folders that nobody else has (temporary.c). */
#ifndef BIDE_TEMPORARY_H
#define BIDE_TEMPORARY_H

/* Put six letters in the place of the X's at the end of `name` until `make` does not fail with EEXIST. Answers what it has
 * answered; -1 with errno: the X's are missing, or no attempt was good. */
int bide__temporary(char *name, int (*make)(const char *name));
/* Makes a file, and opens it. */
int bide__temporary_file(const char *name);

#endif
