/* heap.c -- memory that JavaScript asks for: app.alloc, and the copies of texts and bytes that a call is given.
 *
 * A program with malloc has it from there. So C may free what JavaScript has asked
 * for, and JavaScript what C has. In a program without malloc no function does
 * either. It has small blocks from the core's pool, each with its size in front, and
 * large ones as whole pages. malloc would make such a program a fifth larger.
 *
 *   large:  asked for -> given   heap_grow
 *           given -> free        heap_free; it is never split
 *           free -> given        heap_reuse, for one that fills at least half of it */
#include "js.h"
#include "memory.h"

BIDE__OUTER_PART void *malloc(size_t size);
BIDE__OUTER_PART void free(void *p);

typedef struct heap_block heap_block;
struct heap_block {
    size_t size;          /* with this head */
    heap_block *next;     /* of one that is large and free */
    _Alignas(16) char data[];
};

enum { HEAP_PAGE = 65536 };
static heap_block *heap_free_large;

static heap_block *heap_reuse(size_t size) {
    for (heap_block **b = &heap_free_large; *b; b = &(*b)->next) {
        heap_block *found = *b;
        if (found->size >= size && found->size / 2 <= size) return *b = found->next, found;
    }
    return NULL;
}

static heap_block *heap_grow(size_t size) {
    const size_t page = __builtin_wasm_memory_grow(0, size / HEAP_PAGE);
    if (page == SIZE_MAX) return NULL;
    heap_block *b = (heap_block *)(page * HEAP_PAGE);
    b->size = size;
    return b;
}

static heap_block *heap_large(size_t size) {
    size = (size + HEAP_PAGE - 1) / HEAP_PAGE * HEAP_PAGE;
    heap_block *b = heap_reuse(size);
    return b ? b : heap_grow(size);
}

static heap_block *heap_small(size_t size) {
    heap_block *b = bide__alloc(size);
    if (b) b->size = size;
    return b;
}

static void *heap_alloc(size_t size) {
    if (size > SIZE_MAX - 2 * HEAP_PAGE) return NULL;
    size += sizeof(heap_block);
    heap_block *b = size < HEAP_PAGE ? heap_small(size) : heap_large(size);
    return b ? b->data : NULL;
}

static void heap_free(heap_block *b) {
    if (b->size < HEAP_PAGE) bide__free(b, b->size);
    else b->next = heap_free_large, heap_free_large = b;
}

/* NULL without memory. */
BIDE__JS_EXPORT("bide__js_alloc") void *bide__js_alloc(size_t size) {
    return BIDE__HAS_OUTER(malloc) ? malloc(size) : heap_alloc(size);
}

BIDE__JS_EXPORT("bide__js_free") void bide__js_free(void *p) {
    if (BIDE__HAS_OUTER(malloc)) free(p);
    else if (p) heap_free((heap_block *)((char *)p - offsetof(heap_block, data)));
}

/* The exports are removed from a program that exchanges no values with JavaScript (js/link/finish.js). */
BIDE__LINK("--undefined=bide__js_alloc");
