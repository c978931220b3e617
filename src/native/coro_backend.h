/* coro_backend.h (native) -- stacks switched by ucontext, for sanitizers, fuzzers and debuggers.
 *
 * Rejected: assembly of our own. ucontext is there wherever glibc is, and the
 * address sanitizer can be told of each switch. It costs a system call a switch,
 * which does not matter here. */
#ifndef BIDE_CORO_BACKEND_H
#define BIDE_CORO_BACKEND_H

#include <ucontext.h>

/* At the high end of the mapping. It must not move, since a ucontext_t points into itself. */
struct coro__switch {
    ucontext_t own, caller;
    char *stack;
    size_t size;              /* of the stack */
    char *sp;                 /* below the frames, as suspended; NULL: it has not been */
    int (*fn)(void *);
    void *arg;
    int rc;
    bool returned;
    void *fake_stack, *caller_fake_stack;   /* the address sanitizer's */
    const void *caller_stack;
    size_t caller_size;
};

struct coro {
    struct coro__switch *at;  /* NULL: none */
    size_t wanted;            /* bytes asked for */
    size_t used;
    bool started;
};

enum { CORO_NEAR = 1 };       /* not used */
static inline bool coro_wants_near(size_t size) { (void)size; return false; }
bool coro_init(struct coro *c, size_t size, uint32_t *near);
void coro_init_main(struct coro *c, size_t reserve);
void coro_free(struct coro *c);
bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc);
bool coro_suspend(struct coro *c);
static inline char *coro_home(void) { return NULL; }
static inline void coro_go_home(char *home) { (void)home; }
typedef struct { char unused; } coro_place;
static inline coro_place coro_outer(void) { return (coro_place){ 0 }; }
static inline void coro_go_out(coro_place outer) { (void)outer; }
static inline bool coro_started(const struct coro *c) { return c->started; }
static inline bool coro_rewinding(void) { return false; }
static inline bool coro_unwinding(void) { return false; }
static inline void coro_rewound(void) {}
static inline size_t coro_used(const struct coro *c) { return c->used; }
static inline void coro_paint(struct coro *c) { (void)c; }      /* a fresh mapping is zeroed, which does for paint */
void coro_measure(struct coro *c);
static inline void coro_watch(struct coro *c, const void *p) { (void)c, (void)p; }
size_t coro_left(void);
static inline void coro_fetch_ahead(const struct coro *c, const struct coro *next, unsigned countdown) { (void)c, (void)next, (void)countdown; }
static inline bool coro_holds(const struct coro *c, const void *p) { return c->at && (uintptr_t)p - (uintptr_t)c->at->stack < c->at->size; }
static inline bool coro_unused(const struct coro *c, const void *p) { return coro_holds(c, p) && (const char *)p < c->at->sp; }
static inline size_t coro_size(const struct coro *c) { return c->wanted; }

#endif
