/* alloc_pool.c -- memory for tasks, stacks and small things.
 *
 * Blocks of a size class come from an arena, and go back to the free list of their
 * class. Classes are 16 bytes apart up to 1 KiB, then powers of two. Arenas are
 * pages of the linear memory, which are asked for directly. So a program that does
 * not use malloc need not carry it; it would be a third of a small program. Free
 * blocks are kept, since a program that once had a million tasks may have them
 * again. The last large block grows where it is if its size is doubled, which is
 * then one of a class again. */
#include "link.h"
#include "memory.h"

#include <string.h>

BIDE__FAST;

enum { POOL_STEP = 16, POOL_FINE = 1024, POOL_FINE_POWER = 10, POOL_FINE_CLASSES = POOL_FINE / POOL_STEP, POOL_CLASSES = POOL_FINE_CLASSES + 31 - POOL_FINE_POWER };
enum { POOL_PAGE = 65536, POOL_LARGE_ARENA = 1 << 20, POOL_LINE = 64 };

typedef struct pool_block { struct pool_block *next; } pool_block;
static pool_block *pool_free_blocks[POOL_CLASSES];
/* Stacks lie apart, so that tasks lie close together. */
static struct pool_arena { char *at, *end; } pool_small, pool_large;
static size_t pool_asked_for;

/* Class of a size, and the size of its blocks. */
static unsigned pool_class_of(size_t size, size_t *rounded) {
    if (size <= POOL_FINE) {
        unsigned c = size ? (unsigned)((size - 1) / POOL_STEP) : 0;
        *rounded = (c + 1) * POOL_STEP;
        return c;
    }
    unsigned power = 32 - (unsigned)__builtin_clz((unsigned)size - 1);     /* 11 for 1025 to 2048 */
    *rounded = (size_t)1 << power;
    return POOL_FINE_CLASSES + power - POOL_FINE_POWER - 1;
}

/* Get more pages for an arena. If they follow its end, the arena goes on there. */
static bool pool_grow(struct pool_arena *a, size_t least) {
    size_t size = pool_asked_for < POOL_LARGE_ARENA || least > POOL_LARGE_ARENA ? least : POOL_LARGE_ARENA;
    size_t pages = (size + POOL_PAGE - 1) / POOL_PAGE, at = __builtin_wasm_memory_grow(0, pages);
    if (at == SIZE_MAX) return false;
    char *p = (char *)(at * POOL_PAGE);
    if (p != a->end) a->at = p;
    a->end = p + pages * POOL_PAGE;
    pool_asked_for += pages * POOL_PAGE;
    return true;
}

/* Out of line, so that the fast path of bide__alloc is a few instructions. */
__attribute__((noinline)) void *bide__alloc_slow(size_t size);
BIDE__COLD(bide__alloc_slow);
void *bide__alloc_slow(size_t size) {
    struct pool_arena *a = size > POOL_FINE ? &pool_large : &pool_small;
    size_t gap = size % POOL_LINE == 0 ? -(uintptr_t)a->at % POOL_LINE : 0;
    while ((size_t)(a->end - a->at) < gap + size)
        if (!pool_grow(a, size)) return NULL;
    void *p = a->at + gap;
    a->at += gap + size;
    return p;
}

/* Both are called by bide__resize, which is to be short. */
__attribute__((noinline)) void *bide__alloc(size_t size) {
    if (size > (size_t)1 << 30) return NULL;
    size_t rounded;
    unsigned c = pool_class_of(size, &rounded);
    pool_block *b = pool_free_blocks[c];
    if (!b) return bide__alloc_slow(rounded);
    pool_free_blocks[c] = b->next;
    return b;
}

void bide__free(void *p, size_t size) {
    if (!p) return;
    size_t rounded;
    pool_block *b = p;
    unsigned c = pool_class_of(size, &rounded);
    b->next = pool_free_blocks[c];
    pool_free_blocks[c] = b;
}

void *bide__resize(void *p, size_t old_size, size_t size) {
    char *end = (char *)p + old_size;
    if (old_size >= POOL_LARGE_ARENA && size == 2 * old_size && end == pool_large.at) {
        void *more = bide__alloc_slow(old_size);
        if (more == end) return p;
        bide__free(more, old_size);      /* its pages lie elsewhere */
    }
    char *to = bide__alloc(size);
    if (!to) return NULL;
    memcpy(to, p, old_size);
    bide__free(p, old_size);
    return to;
}
