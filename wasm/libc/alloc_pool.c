/* alloc_pool.c -- memory for tasks, stacks and small things.
 *
 * Blocks of a size class come from an arena, and go back to the free list of
 * their class. Classes are 16 bytes apart up to 1 KiB, then powers of two.
 * Arenas are pages of the linear memory, asked for directly: a program that
 * does not use malloc itself need not carry it, which would be a third of a
 * small one. What is free is kept: a program that once had a million tasks may
 * have them again. */
#include "internal.h"

#include <string.h>

enum { STEP = 16, FINE = 1024, FINE_POWER = 10, FINE_CLASSES = FINE / STEP, CLASSES = FINE_CLASSES + 31 - FINE_POWER };
enum { PAGE = 65536, LARGE_ARENA = 1 << 20, LINE = 64 };

typedef struct block { struct block *next; } block;
static block *free_blocks[CLASSES];
/* Stacks lie apart, so that tasks lie close together. */
static struct arena { char *at, *end; } small, large;
static size_t asked_for;

/* Class of a size, and the size of its blocks. */
static unsigned class_of(size_t size, size_t *rounded) {
    if (size <= FINE) {
        unsigned c = size ? (unsigned)((size - 1) / STEP) : 0;
        *rounded = (c + 1) * STEP;
        return c;
    }
    unsigned power = 32 - (unsigned)__builtin_clz((unsigned)size - 1);     /* 11 for 1025 to 2048 */
    *rounded = (size_t)1 << power;
    return FINE_CLASSES + power - FINE_POWER - 1;
}

/* More pages; those that follow the arena's end continue it. */
static bool grow(struct arena *a, size_t least) {
    size_t size = asked_for < LARGE_ARENA || least > LARGE_ARENA ? least : LARGE_ARENA;
    size_t pages = (size + PAGE - 1) / PAGE, at = __builtin_wasm_memory_grow(0, pages);
    if (at == SIZE_MAX) return false;
    char *p = (char *)(at * PAGE);
    if (p != a->end) a->at = p;
    a->end = p + pages * PAGE;
    asked_for += pages * PAGE;
    return true;
}

/* Kept out of bide__alloc, by the build too: its fast path is a few instructions. */
void *bide__alloc_slow(size_t size);
void *bide__alloc_slow(size_t size) {
    struct arena *a = size > FINE ? &large : &small;
    size_t gap = size % LINE == 0 ? -(uintptr_t)a->at % LINE : 0;
    while ((size_t)(a->end - a->at) < gap + size)
        if (!grow(a, size)) return NULL;
    void *p = a->at + gap;
    a->at += gap + size;
    return p;
}

void *bide__alloc(size_t size) {
    if (size > (size_t)1 << 30) return NULL;
    size_t rounded;
    unsigned c = class_of(size, &rounded);
    block *b = free_blocks[c];
    if (!b) return bide__alloc_slow(rounded);
    free_blocks[c] = b->next;
    return b;
}

void bide__free(void *p, size_t size) {
    if (!p) return;
    size_t rounded;
    block *b = p;
    unsigned c = class_of(size, &rounded);
    b->next = free_blocks[c];
    free_blocks[c] = b;
}

void *bide__resize(void *p, size_t old_size, size_t size) {
    char *to = bide__alloc(size);
    if (!to) return NULL;
    memcpy(to, p, old_size < size ? old_size : size);
    bide__free(p, old_size);
    return to;
}
