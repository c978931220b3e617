/* alloc_pool.c -- memory for tasks, stacks and small things.
 *
 * Blocks of up to LARGEST bytes come from arenas and go to a free list of their
 * size class; larger ones are malloc's. Arenas are asked for from malloc, small
 * at first, and never given back: a program that once had a million tasks may
 * have them again. Classes are 16 bytes apart up to 1 KiB, then powers of two. */
#include "internal.h"

#include <stdlib.h>

enum { STEP = 16, FINE = 1024, FINE_CLASSES = FINE / STEP, LARGEST = 65536, CLASSES = FINE_CLASSES + 6 };
enum { FIRST_ARENA = 4096, LAST_ARENA = 1 << 20 };

typedef struct block { struct block *next; } block;
static block *free_blocks[CLASSES];
static char *arena, *arena_end;
static size_t next_arena = FIRST_ARENA;

/* Class of a size, and the size of its blocks. */
static unsigned class_of(size_t size, size_t *rounded) {
    if (size <= FINE) {
        unsigned c = size ? (unsigned)((size - 1) / STEP) : 0;
        *rounded = (c + 1) * STEP;
        return c;
    }
    unsigned power = 32 - (unsigned)__builtin_clz((unsigned)size - 1);     /* 11 for 1025 to 2048 */
    *rounded = (size_t)1 << power;
    return FINE_CLASSES + power - 11;
}

static bool new_arena(size_t least) {
    size_t size = next_arena < least * 4 ? least * 4 : next_arena;
    char *p = malloc(size);
    if (!p && !(p = malloc(size = least))) return false;
    arena = p, arena_end = p + size;
    if (next_arena < LAST_ARENA) next_arena *= 4;
    return true;
}

static void *carve(size_t size) {
    if ((size_t)(arena_end - arena) < size && !new_arena(size)) return NULL;
    void *p = arena;
    arena += size;
    return p;
}

void *bide__alloc(size_t size) {
    if (size > LARGEST) return malloc(size);
    size_t rounded;
    unsigned c = class_of(size, &rounded);
    block *b = free_blocks[c];
    if (!b) return carve(rounded);
    free_blocks[c] = b->next;
    return b;
}

void bide__free(void *p, size_t size) {
    if (!p) return;
    if (size > LARGEST) {
        free(p);
        return;
    }
    size_t rounded;
    block *b = p;
    unsigned c = class_of(size, &rounded);
    b->next = free_blocks[c];
    free_blocks[c] = b;
}

void *bide__resize(void *p, size_t old_size, size_t size) {
    if (old_size > LARGEST) return realloc(p, size);
    char *to = bide__alloc(size);
    if (!to) return NULL;
    for (size_t i = 0; i < old_size && i < size; i++) to[i] = ((char *)p)[i];
    bide__free(p, old_size);
    return to;
}
