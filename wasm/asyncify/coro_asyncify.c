/* coro_asyncify.c -- see coro_backend.h. */
#include "internal.h"

#include <string.h>

char *coro__main_limit = &__stack_low;

/* ------------------------------------------------------------------ frames that stand near */

/* So many coroutines with blocks of so many bytes are many. A block is no larger than the shared place, which is
 * overrun no sooner than the block would be. */
enum { MANY = 1024, LARGE = 2048, SHARED = 1 << 18, NEAR = CORO_NEAR * sizeof(uint32_t) };

char *coro__shared;               /* there while someone may unwind to it */
static uint32_t large_ones, users;
uint32_t coro__count;             /* of all that have a block */

static bool is_large(size_t size) { return size >= LARGE && size <= SHARED; }

/* Without the stack check, only the canary in the block notices an overflow. */
static bool is_stack_checked(void) { return coro__stack_base() != NULL; }

/* Let a coroutine keep its frames near if its block is one of many. Without memory for that, it does not. */
static void share(struct coro *c, size_t size, uint32_t *near) {
    c->near = NULL;
    if (!near || !is_large(size) || large_ones < MANY || !is_stack_checked()) return;
    if (users == 0) coro__shared = bide__alloc(SHARED);
    if (coro__shared) c->near = near, users++;
}

static void unshare(struct coro *c) {
    if (!c->near) return;
    c->near = NULL;
    if (--users > 0) return;
    bide__free(coro__shared, SHARED);
    coro__shared = NULL;
}

static void keep_in_block(struct coro *c, size_t size) {
    *(uint32_t *)(void *)c->block = 0;
    memcpy(coro__bottom(c), coro__shared, size);
    c->cursor = coro__bottom(c) + size;
    unshare(c);
}

void coro__keep(struct coro *c) {
    int32_t size = (int32_t)(c->cursor - coro__shared), gap = (int32_t)(c->sp - coro__bottom(c)) - size;
    if (gap < c->gap) coro__closer(c, gap);
    if (size > NEAR) return keep_in_block(c, (size_t)size);
    c->cursor = (char *)c->near + size;
    for (int i = 0; i < CORO_NEAR; i++) c->near[i] = ((uint32_t *)(void *)coro__shared)[i];
}

/* ------------------------------------------------------------------ life */

bool coro_init(struct coro *c, size_t size, uint32_t *near) {
    size = (size + 15) & ~(size_t)15;
    c->block = bide__alloc(size);
    if (!c->block) return false;
    c->size = c->gap = (int32_t)size;
    c->cursor = NULL;
    c->sp = c->block + size;
    share(c, size, near);
    large_ones += is_large(size), coro__count++;
    if (!c->near && *(uint32_t *)(void *)c->block != 0) *(uint32_t *)(void *)c->block = 0;
    return true;
}

void coro_free(struct coro *c) {
    if (!c->block) return;
    large_ones -= is_large((size_t)c->size), coro__count--;
    unshare(c);
    bide__free(c->block, c->size);
    c->gap -= c->size;        /* keeps what coro_used answers */
    c->block = NULL, c->size = 0;
}

void coro_init_main(struct coro *c) {
    int32_t size = (int32_t)(&__stack_high - &__stack_low);
    *c = (struct coro){ .block = &__stack_low, .size = size, .gap = size, .sp = bide__get_sp() };
}

void coro__closer(struct coro *c, int32_t gap) {
    if (gap < 0) coro__overflow();
    c->gap = gap;
}

/* The report needs a stack: the top of the linear memory's own, which is not returned to. */
void coro__overflow(void) {
    coro__set_stack(&__stack_high, &__stack_high, &__stack_low);
    bide__report_overflow();
}

/* Called by what the stack-check pass adds, before the stack pointer is moved out of its limits. */
__attribute__((export_name("bide__stack_overflow"))) void bide__stack_overflow(uintptr_t sp) {
    (void)sp;
    coro__overflow();
}
