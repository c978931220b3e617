/* coro_native.c -- see coro_backend.h. */
#include "coro.h"

#include <sys/mman.h>
#include <unistd.h>

/* Native frames are larger than wasm's, and libc's printf wants a few KB of its own; sanitizers many. */
enum { STACK_LEAST = 256 * 1024, GROWTH = 8 };

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif

#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
static void leaving(void **save, const void *to, size_t size) { __sanitizer_start_switch_fiber(save, to, size); }
static void arrived(void *saved, const void **from, size_t *size) { __sanitizer_finish_switch_fiber(saved, from, size); }
static void forget(const void *stack, size_t size) { __asan_unpoison_memory_region(stack, size); }
#else
static void leaving(void **save, const void *to, size_t size) { (void)save, (void)to, (void)size; }
static void arrived(void *saved, const void **from, size_t *size) { (void)saved, (void)from, (void)size; }
static void forget(const void *stack, size_t size) { (void)stack, (void)size; }
#endif

/* A page below the stack that faults, so that an overflow is never silent. */
static size_t guard_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* The mapping: guard, stack, and the switch at its end. */
static size_t mapped(const struct coro__switch *at) { return (size_t)((char *)(at + 1) - at->stack); }

bool coro_init(struct coro *c, size_t size, uint32_t *near) {
    (void)near;
    *c = (struct coro){ .at = NULL };
    size_t guard = guard_size(), room = (size * GROWTH < STACK_LEAST ? STACK_LEAST : size * GROWTH) + sizeof *c->at;
    room = (room + guard - 1) / guard * guard;
    char *p = mmap(NULL, room + guard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) return false;
    if (mprotect(p, guard, PROT_NONE) != 0) return (void)munmap(p, room + guard), false;
    c->at = (struct coro__switch *)(void *)(p + guard + room) - 1;
    c->at->stack = p + guard;
    c->at->size = (size_t)((char *)c->at - c->at->stack) & ~(size_t)15;
    c->wanted = size;
    return true;
}

void coro_free(struct coro *c) {
    if (!c->at) return;
    char *stack = c->at->stack;
    size_t size = mapped(c->at);
    forget(stack, size);
    munmap(stack - guard_size(), size + guard_size());
    c->at = NULL, c->wanted = 0;
}

static void entry(unsigned high, unsigned low) {
    struct coro__switch *at = (struct coro__switch *)((uintptr_t)high << 32 | low);
    arrived(NULL, &at->caller_stack, &at->caller_size);
    at->rc = at->fn(at->arg);
    at->returned = true;
    leaving(NULL, at->caller_stack, at->caller_size);
    swapcontext(&at->own, &at->caller);
}

static void start(struct coro__switch *at, int (*fn)(void *), void *arg) {
    uintptr_t self = (uintptr_t)at;
    at->fn = fn, at->arg = arg;
    getcontext(&at->own);
    at->own.uc_stack.ss_sp = at->stack, at->own.uc_stack.ss_size = at->size, at->own.uc_link = NULL;
    makecontext(&at->own, (void (*)(void))entry, 2, (unsigned)(self >> 32), (unsigned)self);
}

bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc) {
    struct coro__switch *at = c->at;
    if (!c->started) start(at, fn, arg);
    c->started = true;
    leaving(&at->caller_fake_stack, at->stack, at->size);
    swapcontext(&at->caller, &at->own);
    arrived(at->caller_fake_stack, NULL, NULL);
    if (at->returned) *rc = at->rc;
    return at->returned;
}

bool coro_suspend(struct coro *c) {
    struct coro__switch *at = c->at;
    size_t used = (size_t)(at->stack + at->size - (char *)__builtin_frame_address(0));
    if (used > c->used) c->used = used;
    leaving(&at->fake_stack, at->caller_stack, at->caller_size);
    swapcontext(&at->own, &at->caller);
    arrived(at->fake_stack, &at->caller_stack, &at->caller_size);
    return false;
}
