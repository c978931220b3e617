/* coro_many.c -- what is done for thousands of coroutines, whose switches are mostly waiting for memory.
 *
 * Each block lies on pages of its own, so a switch that touches the block costs a
 * miss of the TLB. To avoid that, coroutines that begin when there are CORO_MANY
 * with CORO__LARGE blocks unwind to one place for all, coro__shared. coro__keep copies
 * what was written there:
 *
 *     coro__shared   | frames |
 *                        |
 *                        +-- few bytes --->  near, which stands in the task
 *                        |
 *                        +-- many bytes -->  block         | canary | frames     C stack |
 *                                            from then on the coroutine unwinds to its block
 *
 * Tasks lie close together, so a switch then does not touch the block at all. Pages
 * of a block that has nothing on its C stack are never used. Copying costs a tenth
 * of a switch, so the first thousand coroutines do without it. A generator has no
 * such place, since its struct is exchanged with a task's.
 *
 * From CORO__CACHED coroutines on, the tasks themselves are out of the caches. Tasks
 * that were made one after another lie at equal distances. So the distance
 * from this one to the next tells where later ones lie, and every eighth switch
 * fetches the structs and frames of eight of them:
 *
 *     | this | next |  …  | eighth |  …  | fifteenth |
 *      <---->              <---- fetched ---->              */
#include "coro.h"
#include "memory.h"

#include <string.h>

BIDE__FAST;

/* A block that counts as large is no larger than the shared place. So frames that fit into the block fit in there. */
enum { CORO_MANY = 1024, CORO_SHARED = 1 << 18, CORO_NEAR_SIZE = CORO_NEAR * sizeof(uint32_t) };

char *coro__shared;               /* there while someone may unwind to it */
uint32_t coro__count;
static uint32_t many_large, many_users;

static bool many_is_large(int32_t size) { return size >= CORO__LARGE && size <= CORO_SHARED; }

/* Without the stack check, only the canary in the block notices an overflow. */
static bool many_is_stack_checked(void) { return coro__stack_base() != NULL; }

/* Let a coroutine unwind to the shared place if its block is one of many. Without memory for that, it does not. */
static void many_share(struct coro *c, uint32_t *near) {
    c->near = NULL;
    if (!near || !many_is_large(c->size) || many_large < CORO_MANY || !many_is_stack_checked()) return;
    if (many_users == 0) coro__shared = bide__alloc(CORO_SHARED);
    if (coro__shared) c->near = near, many_users++;
}

void coro__enter_many(struct coro *c, uint32_t *near) {
    many_share(c, near);
    many_large += many_is_large(c->size), coro__count++;
}

static void many_unshare(struct coro *c) {
    if (!c->near) return;
    c->near = NULL;
    if (--many_users > 0) return;
    bide__free(coro__shared, CORO_SHARED);
    coro__shared = NULL;
}

void coro__leave_many(struct coro *c) {
    many_large -= many_is_large(c->size), coro__count--;
    many_unshare(c);
}

static void many_keep_in_block(struct coro *c, size_t size) {
    *(uint32_t *)(void *)c->block = 0;
    memcpy(coro__bottom(c), coro__shared, size);
    c->cursor = coro__bottom(c) + size;
    many_unshare(c);
}

void coro__keep(struct coro *c) {
    int32_t size = (int32_t)(c->cursor - coro__shared), gap = (int32_t)(c->sp - coro__bottom(c)) - size;
    if (gap < c->gap) coro__closer(c, gap);
    if (size > CORO_NEAR_SIZE) {
        many_keep_in_block(c, (size_t)size);
        return;
    }
    c->cursor = (char *)c->near + size;
    for (int i = 0; i < CORO_NEAR / 2; i++) c->near[i] = ((uint32_t *)(void *)coro__shared)[i];
    if (size > CORO_NEAR_SIZE / 2) memcpy(c->near + CORO_NEAR / 2, coro__shared + CORO_NEAR_SIZE / 2, CORO_NEAR_SIZE / 2);
}

/* A load whose result nobody waits for: WebAssembly has no hint for it. */
static void many_fetch(uintptr_t address) {
    if (address < (size_t)__builtin_wasm_memory_size(0) * 65536) (void)*(volatile char *)address;
}

void coro__fetch_ahead(const struct coro *c, uintptr_t next) {
    uintptr_t here = (uintptr_t)c, distance = next - here, frames = (uintptr_t)(c->near ? (char *)c->near : c->block);
#pragma clang loop unroll(disable)
    for (uintptr_t i = CORO__FETCH_EVERY; i < 2 * CORO__FETCH_EVERY; i++) {
        many_fetch(here + i * distance);
        many_fetch(frames + i * distance);
    }
}
