/* alloc_native.c -- memory from libc: a block for each allocation, so that sanitizers see every one. */
#include "memory.h"

#include <stdlib.h>

void *bide__alloc(size_t size) { return malloc(size ? size : 1); }

void *bide__resize(void *p, size_t old_size, size_t size) {
    (void)old_size;
    return realloc(p, size);
}

void bide__free(void *p, size_t size) {
    (void)size;
    free(p);
}
