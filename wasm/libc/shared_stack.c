/* shared_stack.c -- libc's deep formatting runs on one stack for all.
 *
 * printf("%.17g") takes 8.6 KB of C stack, strtod 9.2, strftime 8.8. That is too
 * much for every task to set aside. These functions never suspend, so one stack can
 * serve all. The linker routes calls of them here, by --wrap. A nested call stays on
 * the stack where it is. */
#include "coro.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

BIDE__FAST;

static char shared_stack[16384] __attribute__((aligned(16)));
static bool shared_in_use;

/* Where a call comes from. The running coroutine does not tell: the exception handler may run on a task's stack,
 * with a coroutine of its own. */
typedef struct { coro_place from; bool moved; } shared_place;

static shared_place shared_enter(void) {
    shared_place place = { coro_outer(), !shared_in_use };
    char *top = shared_stack + sizeof shared_stack;
    if (!place.moved) return place;
    shared_in_use = true;
    coro_go_out((coro_place){ top, top, shared_stack });
    return place;
}

static void shared_leave(shared_place place) {
    if (!place.moved) return;
    shared_in_use = false;
    coro_go_out(place.from);
}

BIDE__LINK("--wrap=vfprintf");
int __real_vfprintf(FILE *file, const char *format, va_list args);
int __wrap_vfprintf(FILE *file, const char *format, va_list args) {
    shared_place place = shared_enter();
    int n = __real_vfprintf(file, format, args);
    shared_leave(place);
    return n;
}

BIDE__LINK("--wrap=__floatscan");
/* wasi-libc's scanf knows no long double, so this answers a double here. */
double __real___floatscan(FILE *file, int precision, int pok);
double __wrap___floatscan(FILE *file, int precision, int pok) {
    shared_place place = shared_enter();
    double number = __real___floatscan(file, precision, pok);
    shared_leave(place);
    return number;
}

BIDE__LINK("--wrap=strftime");
size_t __real_strftime(char *out, size_t room, const char *format, const struct tm *time);
size_t __wrap_strftime(char *out, size_t room, const char *format, const struct tm *time) {
    shared_place place = shared_enter();
    size_t n = __real_strftime(out, room, format, time);
    shared_leave(place);
    return n;
}
