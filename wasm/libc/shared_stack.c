/* shared_stack.c -- libc's deep formatting runs on one stack for all.
 *
 * printf("%.17g") takes 8.6 KB of C stack, strtod 9.2, strftime 8.8: too much
 * for every task to set aside. They never suspend, so they can share. The
 * linker routes them here by --wrap. A nested call stays where it is. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static char shared[16384] __attribute__((aligned(16)));
static bool in_use;

/* Where a call comes from: which stack that is can't be told from the running coroutine, since a
 * callback made in a task, as the exception handler may be, has a coroutine of its own. */
typedef struct { char *sp, *base, *limit; bool moved; } place;

static place move(void) {
    place from = { bide__get_sp(), coro__stack_base(), coro__stack_limit(), !in_use };
    if (in_use) return from;
    in_use = true;
    coro__set_stack(shared + sizeof shared, shared + sizeof shared, shared);
    return from;
}

static void move_back(place from) {
    if (!from.moved) return;
    in_use = false;
    coro__set_stack(from.sp, from.base, from.limit);
}

int __real_vfprintf(FILE *file, const char *format, va_list args);
int __wrap_vfprintf(FILE *file, const char *format, va_list args) {
    place from = move();
    int n = __real_vfprintf(file, format, args);
    move_back(from);
    return n;
}

/* wasi-libc's scanf knows no long double, so this answers a double here. */
double __real___floatscan(FILE *file, int precision, int pok);
double __wrap___floatscan(FILE *file, int precision, int pok) {
    place from = move();
    double number = __real___floatscan(file, precision, pok);
    move_back(from);
    return number;
}

size_t __real_strftime(char *out, size_t room, const char *format, const struct tm *time);
size_t __wrap_strftime(char *out, size_t room, const char *format, const struct tm *time) {
    place from = move();
    size_t n = __real_strftime(out, room, format, time);
    move_back(from);
    return n;
}
