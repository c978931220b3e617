/* temporary.c -- names of files and folders that nobody else has: a random one, and another if somebody has it. */
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { TEMPORARY_LETTERS = 6, TEMPORARY_ATTEMPTS = 100 };

static int temporary_name(char *letters) {
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz012345";
    uint8_t random[TEMPORARY_LETTERS];
    if (getentropy(random, sizeof random) != 0) return -1;
    for (int i = 0; i < TEMPORARY_LETTERS; i++) letters[i] = alphabet[random[i] % 32];
    return 0;
}

int bide__temporary(char *name, int (*make)(const char *name)) {
    const size_t length = strlen(name);
    char *letters = name + length - TEMPORARY_LETTERS;
    if (length < TEMPORARY_LETTERS || strcmp(letters, "XXXXXX") != 0) return errno = EINVAL, -1;
    for (int i = 0; i < TEMPORARY_ATTEMPTS && temporary_name(letters) == 0; i++) {
        const int made = make(name);
        if (made >= 0 || errno != EEXIST) return made;
    }
    return -1;
}

int bide__temporary_file(const char *name) { return open(name, O_RDWR | O_CREAT | O_EXCL, 0600); }
