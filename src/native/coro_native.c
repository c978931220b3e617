/* coro_native.c -- see coro_backend.h. */
#include "coro.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* Native frames are larger than those of WebAssembly; libc's printf needs some KB more, and sanitizers many. */
enum { NATIVE_STACK_LEAST = 256 * 1024, NATIVE_GROWTH = 8, NATIVE_MAIN_STACK = 128 * 1024 };

#if defined(__SANITIZE_ADDRESS__)
#define NATIVE_HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NATIVE_HAVE_ASAN 1
#endif
#endif

#ifdef NATIVE_HAVE_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
static void native_leaving(void **save, const void *to, size_t size) { __sanitizer_start_switch_fiber(save, to, size); }
static void native_arrived(void *saved, const void **from, size_t *size) { __sanitizer_finish_switch_fiber(saved, from, size); }
static void native_forget(const void *stack, size_t size) { __asan_unpoison_memory_region(stack, size); }
#else
static void native_leaving(void **save, const void *to, size_t size) { (void)save, (void)to, (void)size; }
static void native_arrived(void *saved, const void **from, size_t *size) { (void)saved, (void)from, (void)size; }
static void native_forget(const void *stack, size_t size) { (void)stack, (void)size; }
#endif

static struct coro__switch *native_running;     /* whose stack runs; NULL: the thread's own */
extern void *__libc_stack_end;

/* A page below the stack that faults, so that an overflow is never silent. */
static size_t native_guard_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* The mapping: guard, stack, and the switch at its end. */
static size_t native_mapped(const struct coro__switch *at) { return (size_t)((char *)(at + 1) - at->stack); }

bool coro_init(struct coro *c, size_t size, uint32_t *near) {
    (void)near;
    *c = (struct coro){ .at = NULL };
    size_t guard = native_guard_size(), room = (size * NATIVE_GROWTH < NATIVE_STACK_LEAST ? NATIVE_STACK_LEAST : size * NATIVE_GROWTH) + sizeof *c->at;
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

/* The loop has the thread's own stack, so nothing of main's is set aside for it. */
void coro_init_main(struct coro *c, size_t reserve) {
    (void)reserve;
    if (!coro_init(c, NATIVE_MAIN_STACK, NULL)) abort();
}

void coro_free(struct coro *c) {
    if (!c->at) return;
    char *stack = c->at->stack;
    size_t size = native_mapped(c->at);
    native_forget(stack, size);
    munmap(stack - native_guard_size(), size + native_guard_size());
    c->at = NULL;
}

static void native_entry(unsigned high, unsigned low) {
    struct coro__switch *at = (struct coro__switch *)((uintptr_t)high << 32 | low);
    native_arrived(NULL, &at->caller_stack, &at->caller_size);
    at->rc = at->fn(at->arg);
    at->returned = true;
    native_leaving(NULL, at->caller_stack, at->caller_size);
    swapcontext(&at->own, &at->caller);
}

static void native_start(struct coro__switch *at, int (*fn)(void *), void *arg) {
    uintptr_t self = (uintptr_t)at;
    at->fn = fn, at->arg = arg;
    getcontext(&at->own);
    at->own.uc_stack.ss_sp = at->stack, at->own.uc_stack.ss_size = at->size, at->own.uc_link = NULL;
    makecontext(&at->own, (void (*)(void))native_entry, 2, (unsigned)(self >> 32), (unsigned)self);
}

bool coro_resume(struct coro *c, int (*fn)(void *), void *arg, int *rc) {
    struct coro__switch *at = c->at;
    struct coro__switch *outer = native_running;
    if (!c->started) native_start(at, fn, arg);
    c->started = true;
    native_running = at;
    native_leaving(&at->caller_fake_stack, at->stack, at->size);
    swapcontext(&at->caller, &at->own);
    native_running = outer;
    native_arrived(at->caller_fake_stack, NULL, NULL);
    if (at->returned) *rc = at->rc;
    return at->returned;
}

/* The sanitizers mark parts of the stack as not to be read. */
__attribute__((noinline, no_sanitize("address", "undefined"))) void coro_measure(struct coro *c) {
    if (!c->at) return;
    const char *p = c->at->stack, *end = p + c->at->size;
    while (p < end && *p == 0) p++;
    if ((size_t)(end - p) > c->used) c->used = (size_t)(end - p);
}

/* Of the thread's own stack, that the loop and main run on. */
static size_t native_left_of_thread(const char *here) {
    struct rlimit limit;
    const char *high = __libc_stack_end;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return NATIVE_STACK_LEAST;
    size_t used = (size_t)(high - here);
    return used < limit.rlim_cur ? (size_t)limit.rlim_cur - used : 0;
}

size_t coro_left(void) {
    const char *here = __builtin_frame_address(0);
    const struct coro__switch *at = native_running;
    return at ? (size_t)(here - at->stack) : native_left_of_thread(here);
}

bool coro_suspend(struct coro *c) {
    struct coro__switch *at = c->at;
    at->sp = __builtin_frame_address(0);
    size_t used = (size_t)(at->stack + at->size - at->sp);
    if (used > c->used) c->used = used;
    native_leaving(&at->fake_stack, at->caller_stack, at->caller_size);
    swapcontext(&at->own, &at->caller);
    native_arrived(at->fake_stack, &at->caller_stack, &at->caller_size);
    return false;
}
