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

bool coro_init(struct coro *c, size_t size) {
    *c = (struct coro){ .stack = NULL };
    size_t guard = guard_size(), room = size * GROWTH < STACK_LEAST ? STACK_LEAST : size * GROWTH;
    room = (room + guard - 1) / guard * guard;
    char *p = mmap(NULL, room + guard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) return false;
    if (mprotect(p, guard, PROT_NONE) != 0) return (void)munmap(p, room + guard), false;
    c->stack = p + guard, c->size = room, c->wanted = size;
    return true;
}

void coro_free(struct coro *c) {
    if (!c->stack) return;
    forget(c->stack, c->size);
    munmap(c->stack - guard_size(), c->size + guard_size());
    c->stack = NULL, c->wanted = 0;
}

static void entry(unsigned high, unsigned low) {
    struct coro *c = (struct coro *)((uintptr_t)high << 32 | low);
    arrived(NULL, &c->caller_stack, &c->caller_size);
    c->rc = c->fn(c->arg);
    c->returned = true;
    leaving(NULL, c->caller_stack, c->caller_size);
    swapcontext(&c->own, &c->caller);
}

static void start(struct coro *c, int (*fn)(void *), void *arg) {
    uintptr_t self = (uintptr_t)c;
    c->started = true, c->fn = fn, c->arg = arg;
    getcontext(&c->own);
    c->own.uc_stack.ss_sp = c->stack, c->own.uc_stack.ss_size = c->size, c->own.uc_link = NULL;
    makecontext(&c->own, (void (*)(void))entry, 2, (unsigned)(self >> 32), (unsigned)self);
}

bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc) {
    if (!c->started) start(c, fn, arg);
    leaving(&c->caller_fake_stack, c->stack, c->size);
    swapcontext(&c->caller, &c->own);
    arrived(c->caller_fake_stack, NULL, NULL);
    if (c->returned) *rc = c->rc;
    return c->returned;
}

bool coro_suspend(struct coro *c) {
    size_t used = (size_t)(c->stack + c->size - (char *)__builtin_frame_address(0));
    if (used > c->used) c->used = used;
    leaving(&c->fake_stack, c->caller_stack, c->caller_size);
    swapcontext(&c->own, &c->caller);
    arrived(c->fake_stack, &c->caller_stack, &c->caller_size);
    return false;
}
