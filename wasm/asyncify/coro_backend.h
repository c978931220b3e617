/* coro_backend.h (Asyncify) -- C stacks unwound and rewound by code that Binaryen adds.
 *
 * A coroutine has one block of linear memory:
 *
 *     low                                                       high
 *     | canary | suspended frames' locals ->      <- C stack    |
 *              ^ cursor                           ^ sp
 *
 * While it runs, the low part is not in use. When it suspends, the frames'
 * locals are written there, at most up to the stack pointer. The C stack itself
 * stays where it is, so pointers into it remain good.
 *
 * Three things find a stack that is too small. Binaryen's stack-check compares
 * the stack pointer with limits, which coro_resume sets. Generated code checks
 * nothing while it writes frames, so coro_resume compares afterwards: `gap`,
 * the least room seen between frames and C stack, is high-water mark and check
 * in one. The canary catches a C stack that got through all the same; it is 0,
 * and written only if it isn't, so that fresh pages stay untouched.
 *
 *   the pass's state: NORMAL -> UNWINDING   coro_suspend
 *                     UNWINDING -> NORMAL   coro_resume, when the frames are gone
 *                     NORMAL -> REWINDING   coro_resume
 *                     REWINDING -> NORMAL   coro_rewound
 *
 * The pass leaves the functions that call its four imports as they are. They
 * must not be inlined into others: CORO_LEAF.
 *
 * A switch is short enough for each load to count. So the loop goes from one
 * coroutine to the next without going home between them. What is done for
 * thousands of coroutines is in coro_many.c. */
#ifndef BIDE_CORO_BACKEND_H
#define BIDE_CORO_BACKEND_H

enum { CORO_NEAR = 16 };      /* words, so that a task with them has whole lines of the cache */
enum { CORO__LARGE = 2048 };  /* bytes of a stack that is not touched if its frames stand elsewhere */
static inline bool coro_wants_near(size_t size) { return size >= CORO__LARGE; }

struct coro {
    char *cursor;             /* Asyncify's: next free byte for frames; NULL: not started */
    char *block;              /* NULL: none */
    char *sp;                 /* C stack pointer: at first the top, then as suspended */
    int32_t size;
    int32_t gap;              /* room left between frames and C stack, at the least so far */
    uint32_t *near;           /* NULL: it unwinds to its block. Else to coro__shared, see coro_many.c */
};

enum { CORO__NORMAL, CORO__UNWINDING, CORO__REWINDING };

/* Room that must be left for the locals of one frame when the C stack is at its deepest. */
enum { CORO__FRAME_RESERVE = 32 };

#define CORO__ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(name)))
CORO__ASYNCIFY("start_unwind") void coro__start_unwind(void *data);
CORO__ASYNCIFY("stop_unwind") void coro__stop_unwind(void);
CORO__ASYNCIFY("start_rewind") void coro__start_rewind(void *data);
CORO__ASYNCIFY("stop_rewind") void coro__stop_rewind(void);

/* `bide link` replaces these imports: each by a read of a pass's variable, and set_stack by the assignment
 * to the stack pointer and to the two limits of the stack-check pass. The limits are 0 where that pass is not run. */
#define CORO__PASS(name) __attribute__((import_module("bide_pass"), import_name(name)))
CORO__PASS("asyncify_state") int coro__state(void);
CORO__PASS("set_stack") void coro__set_stack(char *sp, char *base, char *limit);
CORO__PASS("stack_base") char *coro__stack_base(void);
CORO__PASS("stack_limit") char *coro__stack_limit(void);

/* stack_pointer.S */
char *bide__get_sp(void);

extern char *coro__home_limit;      /* of the stack that the loop runs on */
extern char __stack_low, __stack_high;

bool coro_init(struct coro *c, size_t size, uint32_t *near);
void coro_free(struct coro *c);
void coro_init_main(struct coro *c, size_t reserve);

_Noreturn void coro__overflow(void);
/* A suspension came closer to the other end of the block than any before, or over it. */
void coro__closer(struct coro *c, int32_t gap);

/* coro_many.c */
extern char *coro__shared;
extern uint32_t coro__count;        /* of all that have a block */
void coro__keep(struct coro *c);    /* copy the frames that were just written to coro__shared */
void coro__enter_many(struct coro *c, uint32_t *near), coro__leave_many(struct coro *c);
void coro__fetch_ahead(const struct coro *c, uintptr_t next);

/* Part of whoever calls it, also where the compiler would rather not: the pass must see who switches. */
#define CORO__INLINE __attribute__((always_inline)) static inline

static inline char *coro__bottom(struct coro *c) { return c->block + sizeof(uint32_t); }
static inline uint32_t coro__canary(const struct coro *c) { return *(uint32_t *)(void *)c->block; }

static inline char *coro_home(void) { return bide__get_sp(); }
static inline void coro_go_home(char *home) { coro__set_stack(home, &__stack_high, coro__home_limit); }

typedef struct { char *sp, *base, *limit; } coro_place;
static inline bool coro_on_whole_stack(void) { return coro__stack_base() == &__stack_high && coro__home_limit == &__stack_low; }
static inline coro_place coro_outer(void) {
    return (coro_place){ bide__get_sp(), coro__stack_base(), coro__stack_limit() };
}
static inline void coro_go_out(coro_place outer) { coro__set_stack(outer.sp, outer.base, outer.limit); }

CORO__INLINE bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc) {
    coro__set_stack(c->sp, c->block + c->size, coro__bottom(c) + CORO__FRAME_RESERVE);
    if (c->cursor) coro__start_rewind(c);
    int result = fn(arg);
    bool returned = coro__state() == CORO__NORMAL;
    if (!c->near && coro__canary(c) != 0) coro__overflow();
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

CORO__INLINE bool coro_suspend(struct coro *c) {
    c->cursor = c->near ? coro__shared : coro__bottom(c);
    coro__start_unwind(c);
    return true;
}

static inline bool coro_started(const struct coro *c) { return c->cursor != NULL; }
static inline bool coro_rewinding(void) { return coro__state() == CORO__REWINDING; }
static inline bool coro_unwinding(void) { return coro__state() == CORO__UNWINDING; }
CORO__INLINE void coro_rewound(void) { coro__stop_rewind(); }
static inline size_t coro_used(const struct coro *c) { return (size_t)(c->size - c->gap); }
void coro_paint(struct coro *c), coro_measure(struct coro *c);     /* coro_paint.c */
void coro_watch(struct coro *c, const void *p);                    /* coro_watch.c */
static inline size_t coro_left(void) {
    const char *sp = bide__get_sp(), *limit = coro__stack_limit(), *low = limit ? limit : &__stack_low;
    return sp > low ? (size_t)(sp - low) : 0;
}
static inline size_t coro_size(const struct coro *c) { return (size_t)c->size; }
static inline bool coro_holds(const struct coro *c, const void *p) { return c->block && (uintptr_t)p - (uintptr_t)c->block < (size_t)c->size; }
static inline bool coro_unused(const struct coro *c, const void *p) { return coro_holds(c, p) && (const char *)p < c->sp; }

/* From so many on they do not fit into the caches. Fetched together, several cost little more than one. */
enum { CORO__CACHED = 1 << 17, CORO__FETCH_EVERY = 8 };
static inline void coro_fetch_ahead(const struct coro *c, const struct coro *next, unsigned countdown) {
    if (countdown % CORO__FETCH_EVERY == 0 && coro__count >= CORO__CACHED) coro__fetch_ahead(c, (uintptr_t)next);
}

#endif
