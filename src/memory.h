/* memory.h -- the memory contract: where every allocation of the library comes from.
 *
 * native/alloc_native.c and wasm/libc/alloc_pool.c implement it. A program that
 * defines the first three itself replaces them: tests count what is allocated,
 * and make the nth allocation fail. */
#ifndef BIDE_MEMORY_H
#define BIDE_MEMORY_H

#include "parts.h"

#include <stdbool.h>
#include <stddef.h>

/* A block; NULL without memory, which each caller handles. */
BIDE__REPLACEABLE void *bide__alloc(size_t size);
/* The block made larger, with its contents, moved if need be; NULL without memory, and then `p` is as it was. */
BIDE__REPLACEABLE void *bide__resize(void *p, size_t old_size, size_t size);
/* Give a block back. The caller knows its size, so small blocks need no header. */
BIDE__REPLACEABLE void bide__free(void *p, size_t size);

/* Whether there is memory at `p`, which may be any address: for debug mode (readable_….c). */
bool bide__readable(const void *p, size_t size);

#endif
