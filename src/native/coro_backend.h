/* coro_backend.h (native) -- stacks switched by ucontext, for sanitizers, fuzzers and debuggers.
 *
 * Chosen over own assembly since it is everywhere glibc is and the address
 * sanitizer can be told of each switch; its system call a switch does not
 * matter here. */
#ifndef BIDE_CORO_BACKEND_H
#define BIDE_CORO_BACKEND_H

#include <ucontext.h>

struct coro {
    ucontext_t own, caller;
    char *stack;              /* NULL: none */
    size_t size, wanted;      /* mapped, and as asked for */
    size_t used;
    int (*fn)(void *);
    void *arg;
    int rc;
    bool started, returned;
    void *fake_stack, *caller_fake_stack;   /* the address sanitizer's */
    const void *caller_stack;
    size_t caller_size;
};

bool coro_init(struct coro *c, size_t size);
void coro_free(struct coro *c);
bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc);
bool coro_suspend(struct coro *c);
static inline char *coro_home(void) { return NULL; }
static inline void coro_go_home(char *home) { (void)home; }
static inline bool coro_started(const struct coro *c) { return c->started; }
static inline bool coro_rewinding(void) { return false; }
static inline void coro_rewound(void) {}
static inline size_t coro_used(const struct coro *c) { return c->used; }
static inline bool coro_holds(const struct coro *c, const void *p) { return (uintptr_t)p - (uintptr_t)c->stack < c->size && c->stack; }
static inline size_t coro_size(const struct coro *c) { return c->wanted; }

#endif
