/* texts_malloc.c -- texts.c with malloc. */
#include "texts.c"

#include <stdlib.h>

/* JavaScript frees it. */
BIDE_EXPORT char *doubled(const char *text) {
    const size_t n = strlen(text);
    char *both = malloc(2 * n + 1);
    if (!both) return NULL;
    memcpy(both, text, n);
    memcpy(both + n, text, n + 1);
    return both;
}

/* JavaScript has asked for it. */
BIDE_EXPORT void give_back(void *p) { free(p); }
