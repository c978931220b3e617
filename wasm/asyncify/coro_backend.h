/* coro_backend.h (Asyncify) -- C stacks unwound and rewound by code that Binaryen adds.
 *
 * A coroutine has one block of linear memory:
 *
 *     low                                                       high
 *     | canary | suspended frames' locals ->      <- C stack    |
 *
 * While it runs, the low part is dead; when it suspends, the frames' locals are
 * written there, up to at most the stack pointer. The C stack itself stays
 * where it is. Generated code does not check that limit while it writes, so
 * coro_resume does afterwards; the canary (0, and written only if it isn't, so
 * that fresh pages stay untouched) catches a C stack that ran over the block;
 * Binaryen's stack-check, told the limits at each switch, normally traps it before.
 *
 *   coro_state: NORMAL -> UNWINDING   coro_suspend
 *               UNWINDING -> NORMAL   coro_resume, when the frames are gone
 *               NORMAL -> REWINDING   coro_resume
 *               REWINDING -> NORMAL   coro_rewound
 *
 * The functions that call the four imports are left uninstrumented by the pass,
 * so they must not be inlined into others: CORO_LEAF. There is no import that
 * tells the state, hence coro_state. */
#ifndef BIDE_CORO_BACKEND_H
#define BIDE_CORO_BACKEND_H

struct coro {
    char *cursor, *end;       /* Asyncify's: next free byte, end of what it may use */
    char *block;              /* NULL: none */
    char *sp;                 /* C stack pointer: at first the top, then as suspended */
    uint32_t size;
    uint32_t used;
};

enum coro_state { CORO_NORMAL, CORO_UNWINDING, CORO_REWINDING };
extern enum coro_state coro_state;

/* Room that must be left for the locals of one frame when the C stack is at its deepest. */
enum { CORO_FRAME_RESERVE = 32 };

#define CORO__ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(name)))
CORO__ASYNCIFY("start_unwind") void coro__start_unwind(void *data);
CORO__ASYNCIFY("stop_unwind") void coro__stop_unwind(void);
CORO__ASYNCIFY("start_rewind") void coro__start_rewind(void *data);
CORO__ASYNCIFY("stop_rewind") void coro__stop_rewind(void);
/* Becomes two assignments to the globals of the stack-check pass. */
__attribute__((import_module("bide_pass"), import_name("set_stack_limits"))) void coro__set_stack_limits(char *base, char *limit);

char *bide__get_sp(void);
void bide__set_sp(char *to);

bool coro_init(struct coro *c, size_t size);
void coro_free(struct coro *c);
/* The coroutine that lives on the linear memory's own stack: `main`. */
void coro_init_main(struct coro *c);
_Noreturn void coro__overflow(void);
extern char *coro__main_limit;      /* of the stack that the loop runs on */
extern char __stack_low, __stack_high;

static inline char *coro__bottom(struct coro *c) { return c->block + sizeof(uint32_t); }

/* What a suspension leaves to be checked and noted. */
static inline void coro__parked(struct coro *c) {
    c->sp = bide__get_sp();
    if (c->cursor > c->sp || *(uint32_t *)(void *)c->block != 0) coro__overflow();
    uint32_t used = (uint32_t)(c->block + c->size - c->sp) + (uint32_t)(c->cursor - c->block);
    if (used > c->used) c->used = used;
}

static inline bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc) {
    char *sp = bide__get_sp();
    coro__set_stack_limits(c->block + c->size, coro__bottom(c) + CORO_FRAME_RESERVE);
    bide__set_sp(c->sp);
    if (c->cursor) {
        coro_state = CORO_REWINDING;
        coro__start_rewind(c);
    }
    int result = fn(arg);
    bool returned = coro_state != CORO_UNWINDING;
    if (returned) {
        if (*(uint32_t *)(void *)c->block != 0) coro__overflow();
        *rc = result;
    } else {
        coro_state = CORO_NORMAL;
        coro__parked(c);
        coro__stop_unwind();
    }
    coro__set_stack_limits(&__stack_high, coro__main_limit);
    bide__set_sp(sp);
    return returned;
}

static inline bool coro_suspend(struct coro *c) {
    c->cursor = coro__bottom(c);
    c->end = bide__get_sp();
    coro_state = CORO_UNWINDING;
    coro__start_unwind(c);
    return true;
}

static inline bool coro_rewinding(void) { return coro_state == CORO_REWINDING; }
static inline bool coro_unwinding(void) { return coro_state == CORO_UNWINDING; }

static inline void coro_rewound(void) {
    coro_state = CORO_NORMAL;
    coro__stop_rewind();
}

static inline size_t coro_used(const struct coro *c) { return c->used; }
static inline size_t coro_size(const struct coro *c) { return c->size; }

#endif
