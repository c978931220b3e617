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
 * With thousands of coroutines a switch is mostly waiting for memory, since each
 * block lies on pages of its own. So those that begin when there are many unwind
 * to one place, coro__shared, and what was written there is copied: if it is
 * short, to `near`, which lies close to that of others, and then their blocks are not
 * touched. Else into the block, to which they unwind from then on. Copying costs
 * a tenth of a switch, so the first thousand do without.
 *
 *   the pass's state: NORMAL -> UNWINDING   coro_suspend
 *                     UNWINDING -> NORMAL   coro_resume, when the frames are gone
 *                     NORMAL -> REWINDING   coro_resume
 *                     REWINDING -> NORMAL   coro_rewound
 *
 * The functions that call the four imports are left uninstrumented by the pass,
 * so they must not be inlined into others: CORO_LEAF.
 *
 * A switch is short enough for each load to count. So the loop goes from one
 * coroutine to the next without restoring its own stack between them
 * (coro_home), and one comparison finds an overflow and a new high-water mark:
 * `gap`, the least room that was seen between frames and C stack. */
#ifndef BIDE_CORO_BACKEND_H
#define BIDE_CORO_BACKEND_H

enum { CORO_NEAR = 8 };       /* words: two frames of a few locals */

struct coro {
    char *cursor;             /* Asyncify's: next free byte for frames; NULL: not started */
    char *block;              /* NULL: none */
    char *sp;                 /* C stack pointer: at first the top, then as suspended */
    int32_t size;
    int32_t gap;              /* room left between frames and C stack, at the least so far */
    uint32_t *near;           /* CORO_NEAR words, where frames stand if they fit in; NULL: they stand in the block */
};

enum { CORO_NORMAL, CORO_UNWINDING, CORO_REWINDING };

/* Room that must be left for the locals of one frame when the C stack is at its deepest. */
enum { CORO_FRAME_RESERVE = 32 };

#define CORO__ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(name)))
CORO__ASYNCIFY("start_unwind") void coro__start_unwind(void *data);
CORO__ASYNCIFY("stop_unwind") void coro__stop_unwind(void);
CORO__ASYNCIFY("start_rewind") void coro__start_rewind(void *data);
CORO__ASYNCIFY("stop_rewind") void coro__stop_rewind(void);
/* Becomes a look at the pass's own variable. */
__attribute__((import_module("bide_pass"), import_name("asyncify_state"))) int coro__state(void);
/* Becomes an assignment to the stack pointer, unchecked, and two to the globals of the stack-check pass. */
__attribute__((import_module("bide_pass"), import_name("set_stack"))) void coro__set_stack(char *sp, char *base, char *limit);
/* Become looks at them. */
__attribute__((import_module("bide_pass"), import_name("stack_base"))) char *coro__stack_base(void);
__attribute__((import_module("bide_pass"), import_name("stack_limit"))) char *coro__stack_limit(void);

char *bide__get_sp(void);

bool coro_init(struct coro *c, size_t size, uint32_t *near);
void coro_free(struct coro *c);
/* The coroutine that lives on the linear memory's own stack: `main`. */
void coro_init_main(struct coro *c);
_Noreturn void coro__overflow(void);
extern char *coro__main_limit;      /* of the stack that the loop runs on */
extern char __stack_low, __stack_high;

static inline char *coro__bottom(struct coro *c) { return c->block + sizeof(uint32_t); }

extern char *coro__shared;
/* Copy the frames that were just written there. */
void coro__keep(struct coro *c);

/* A suspension came closer to the other end of the block than any before, or over it. */
void coro__closer(struct coro *c, int32_t gap);

/* Remember the stack that the loop runs on, and go back to it after coroutines have run. */
static inline char *coro_home(void) { return bide__get_sp(); }
static inline void coro_go_home(char *home) {
    coro__set_stack(home, &__stack_high, coro__main_limit);
}

/* The stack of the coroutine that resumes another. */
typedef struct { char *sp, *base, *limit; } coro_place;
static inline coro_place coro_outer(void) {
    return (coro_place){ bide__get_sp(), coro__stack_base(), coro__stack_limit() };
}
static inline void coro_go_out(coro_place outer) {
    coro__set_stack(outer.sp, outer.base, outer.limit);
}

__attribute__((always_inline)) static inline bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc) {
    coro__set_stack(c->sp, c->block + c->size, coro__bottom(c) + CORO_FRAME_RESERVE);
    if (c->cursor) coro__start_rewind(c);
    int result = fn(arg);
    bool returned = coro__state() == CORO_NORMAL;
    if (!c->near && *(uint32_t *)(void *)c->block != 0) coro__overflow();
    if (returned) {
        *rc = result;
        return true;
    }
    coro__stop_unwind();
    c->sp = bide__get_sp();
    if (c->near) return coro__keep(c), false;
    int32_t gap = (int32_t)(c->sp - c->cursor);
    if (gap < c->gap) coro__closer(c, gap);
    return false;
}

static inline bool coro_suspend(struct coro *c) {
    c->cursor = c->near ? coro__shared : coro__bottom(c);
    coro__start_unwind(c);
    return true;
}

static inline bool coro_started(const struct coro *c) { return c->cursor != NULL; }
static inline bool coro_rewinding(void) { return coro__state() == CORO_REWINDING; }
static inline bool coro_unwinding(void) { return coro__state() == CORO_UNWINDING; }
static inline void coro_rewound(void) { coro__stop_rewind(); }
static inline size_t coro_used(const struct coro *c) { return c->cursor ? (size_t)(c->size - c->gap) : 0; }
/* So many do not fit into the caches. */
enum { CORO_MANY = 1 << 17 };
extern uint32_t coro__count;
static inline bool coro_are_many(void) { return coro__count >= CORO_MANY; }
static inline char *coro_frames(const struct coro *c) { return c->near ? (char *)c->near : c->block; }
/* A load whose result nobody waits for: WebAssembly has no hint for it. */
static inline void coro_fetch(uintptr_t address) {
    if (address < (size_t)__builtin_wasm_memory_size(0) * 65536) (void)*(volatile char *)address;
}
static inline bool coro_holds(const struct coro *c, const void *p) { return (uintptr_t)p - (uintptr_t)c->block < (size_t)c->size; }
static inline size_t coro_size(const struct coro *c) { return (size_t)c->size; }

#endif
