/* alloc_counting.c -- see alloc_counting.h. Replaces the library's allocator in programs that are linked with it.
 *
 * Each block has its size before it, so that a wrong size is noticed when the block
 * is given back. Other allocators rely on that size to put the block in its place. */
#include "alloc_counting.h"

#include "loop/coroutine.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct { size_t size; } __attribute__((aligned(16))) header;

static long live, until_failure;
static bool failed;

void alloc_fail_at(long n) {
    until_failure = n;
    failed = false;
}

bool alloc_failed(void) { return failed; }

long alloc_live(void) {
    bide__coroutine_clear(&bide__main_coroutine);
    return live;
}

static bool fails_now(void) {
    if (until_failure == 0 || --until_failure > 0) return false;
    return failed = true;
}

static void check_size(const header *h, size_t size) {
    if (h->size == size) return;
    fprintf(stderr, "a block of %zu bytes is given back as one of %zu\n", h->size, size);
    abort();
}

void *bide__alloc(size_t size) {
    header *h = fails_now() ? NULL : malloc(sizeof *h + size);
    if (!h) return NULL;
    h->size = size;
    live++;
    return h + 1;
}

void bide__free(void *p, size_t size) {
    if (!p) return;
    header *h = (header *)p - 1;
    check_size(h, size);
    live--;
    free(h);
}

void *bide__resize(void *p, size_t old_size, size_t size) {
    if (!p) return bide__alloc(size);
    check_size((header *)p - 1, old_size);
    header *h = fails_now() ? NULL : realloc((header *)p - 1, sizeof *h + size);
    if (!h) return NULL;
    h->size = size;
    return h + 1;
}
