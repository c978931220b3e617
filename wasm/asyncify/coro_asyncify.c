/* coro_asyncify.c -- life and death of a coroutine, and what happens when its stack overflows; see coro_backend.h. */
#include "coro.h"
#include "memory.h"
#include "parts.h"

/* The stack of `main` and the loop lies below all data, so running over it traps and overwrites nothing. */
BIDE__LINK("--stack-first");
BIDE__LINK("-zstack-size=131072");

const char bide__coroutines = 1;

/* Nobody calls it, so the linker drops it, and the parts that it brings as well if nothing uses them. */
void coro__bring_parts(void);
void coro__bring_parts(void) { bide__bring_look(); }

char *coro__home_limit = &__stack_low;

bool coro_init(struct coro *c, size_t size, uint32_t *near) {
    size = (size + 15) & ~(size_t)15;
    c->block = bide__alloc(size);
    if (!c->block) return false;
    c->size = c->gap = (int32_t)size;
    c->cursor = NULL;
    c->sp = c->block + size;
    coro__enter_many(c, near);
    if (!c->near && coro__canary(c) != 0) *(uint32_t *)(void *)c->block = 0;
    return true;
}

void coro_free(struct coro *c) {
    if (!c->block) return;
    coro__leave_many(c);
    bide__free(c->block, (size_t)c->size);
    c->block = NULL;
}

void coro_init_main(struct coro *c, size_t reserve) {
    int32_t size = (int32_t)(&__stack_high - &__stack_low - (ptrdiff_t)reserve);
    *c = (struct coro){ .block = &__stack_low, .size = size, .gap = size, .sp = &__stack_low + size };
    coro__home_limit = c->sp;
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

/* The code of the stack-check pass calls it before the stack pointer leaves its limits. */
__attribute__((export_name("bide__stack_overflow"))) void bide__stack_overflow(uintptr_t sp) {
    (void)sp;
    coro__overflow();
}
BIDE__COLD(bide__stack_overflow);
