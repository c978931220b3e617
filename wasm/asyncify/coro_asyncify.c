/* coro_asyncify.c -- see coro_backend.h. */
#include "internal.h"

char *coro__main_limit = &__stack_low;

bool coro_init(struct coro *c, size_t size) {
    size = (size + 15) & ~(size_t)15;
    c->block = bide__alloc(size);
    if (!c->block) return false;
    c->size = c->gap = (int32_t)size;
    c->cursor = NULL, c->end = (char *)UINTPTR_MAX;
    c->sp = c->block + size;
    if (*(uint32_t *)(void *)c->block != 0) *(uint32_t *)(void *)c->block = 0;
    return true;
}

void coro_free(struct coro *c) {
    if (!c->block) return;
    bide__free(c->block, c->size);
    c->gap -= c->size;        /* keeps what coro_used answers */
    c->block = NULL, c->size = 0;
}

void coro_init_main(struct coro *c) {
    int32_t size = (int32_t)(&__stack_high - &__stack_low);
    *c = (struct coro){ .block = &__stack_low, .size = size, .gap = size, .sp = bide__get_sp(), .end = (char *)UINTPTR_MAX };
}

void coro__closer(struct coro *c, int32_t gap) {
    if (gap < 0) coro__overflow();
    c->gap = gap;
}

/* The report needs a stack: the top of the linear memory's own, which is not returned to. */
void coro__overflow(void) {
    coro__set_stack_limits(&__stack_high, &__stack_low);
    bide__set_sp(&__stack_high);
    bide__report_overflow();
}

/* Called by what the stack-check pass adds, before the stack pointer is moved out of its limits. */
__attribute__((export_name("bide__stack_overflow"))) void bide__stack_overflow(uintptr_t sp) {
    (void)sp;
    coro__overflow();
}
