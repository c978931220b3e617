/* shared_stack.c -- libc's deep formatting runs on one stack for all.
 *
 * printf("%.17g") takes 8.6 KB of C stack, strtod 9.2, strftime 8.8. That is too
 * much for every task to set aside. These functions never suspend, so one stack can
 * serve all. The linker routes calls of them here, by --wrap. A nested call stays on
 * the stack where it is. A program without coroutines stays on the only one. */
#include "shared_stack.h"

#include "coro.h"
#include "parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

BIDE__FAST;

static char shared_stack[16384] __attribute__((aligned(16)));
bool bide__libc_on_shared_stack;
/* Where it was entered from. The running coroutine does not tell: the exception handler may run on a task's stack,
 * with a coroutine of its own. */
static coro_place shared_from;

/* True: the caller must leave it. */
static bool shared_enter(void) {
    char *top = shared_stack + sizeof shared_stack;
    if (!BIDE__HAS(bide__coroutines) || bide__libc_on_shared_stack) return false;
    bide__libc_on_shared_stack = true, shared_from = coro_outer();
    coro_go_out((coro_place){ top, top, shared_stack });
    return true;
}

static void shared_leave(bool entered) {
    if (!entered) return;
    bide__libc_on_shared_stack = false;
    coro_go_out(shared_from);
}

void bide__shared_abandon(const char *base) { shared_leave(bide__libc_on_shared_stack && base != shared_stack + sizeof shared_stack); }

BIDE__LINK("--wrap=vfprintf");
int __real_vfprintf(FILE *file, const char *format, va_list args);
int __wrap_vfprintf(FILE *file, const char *format, va_list args) {
    bool entered = shared_enter();
    int n = __real_vfprintf(file, format, args);
    shared_leave(entered);
    return n;
}

BIDE__LINK("--wrap=__floatscan");
/* wasi-libc's scanf knows no long double, so this answers a double here. */
double __real___floatscan(FILE *file, int precision, int pok);
double __wrap___floatscan(FILE *file, int precision, int pok) {
    bool entered = shared_enter();
    double number = __real___floatscan(file, precision, pok);
    shared_leave(entered);
    return number;
}

BIDE__LINK("--wrap=strftime");
size_t __real_strftime(char *out, size_t room, const char *format, const struct tm *time);
size_t __wrap_strftime(char *out, size_t room, const char *format, const struct tm *time) {
    bool entered = shared_enter();
    size_t n = __real_strftime(out, room, format, time);
    shared_leave(entered);
    return n;
}
