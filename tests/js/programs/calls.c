/* calls.c -- functions that JavaScript calls; there is no main. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

BIDE_IMPORT("callback") int callback(int number);
BIDE_IMPORT("note") void note(int number);

BIDE_EXPORT int add(int x, int y) {
    BIDE_TRY(bide_sleep(1.0));
    return x + y;
}

BIDE_EXPORT int add_now(int x, int y) { return x + y; }

BIDE_EXPORT int64_t twice(int64_t x) {
    bide_ignore(bide_sleep(1.0));
    return 2 * x;
}

BIDE_EXPORT double half(double x) {
    bide_ignore(bide_sleep(1.0));
    return x / 2;
}

BIDE_EXPORT float half_float(float x) { return x / 2; }
BIDE_EXPORT void nothing(void) {}
BIDE_EXPORT double now(void) { return bide_loop_time(NULL); }

BIDE_EXPORT const char *own_name(void) {
    static char name[16];
    return strncpy(name, bide_task_get_name(bide_current_task()), sizeof name - 1);
}

/* What fails in them is a code of another type. */
BIDE_EXPORT int64_t int64_after(double seconds) { BIDE_TRY(bide_sleep(seconds)); return 5; }
BIDE_EXPORT float float_after(double seconds) { BIDE_TRY(bide_sleep(seconds)); return 5; }
BIDE_EXPORT double double_after(double seconds) { BIDE_TRY(bide_sleep(seconds)); return 5; }
BIDE_EXPORT double mixed(int a, int64_t b, float c, double d) {
    bide_ignore(bide_sleep(1));
    return a + (double)b + c + d;
}

static int linger(void *arg) { return (void)arg, bide_sleep(INFINITY); }
BIDE_EXPORT int leave_behind(void) { return bide_release(bide_create_task(linger, NULL)), 0; }
static int nap(void *arg) { return (void)arg, bide_sleep(3600); }
BIDE_EXPORT int leave_timer(void) { return bide_release(bide_create_task(nap, NULL)), 0; }
BIDE_EXPORT int try_callback(int number) { BIDE_TRY(callback(number)); return number; }

/* ------------------------------------------------------------------ errors */

BIDE_EXPORT int fail(int port) {
    BIDE_TRY(bide_sleep(1.0));
    return bide_raise(BIDE_EVALUE, "bad port %d", port);
}

/* A number that happens to be a code is no error if nothing failed. */
BIDE_EXPORT int only_a_number(void) { return BIDE_ELOOKUP; }

BIDE_EXPORT int handled(void) {
    bide_ignore(bide_raise(BIDE_EVALUE, "seen to"));
    return 7;
}

BIDE_EXPORT int wait_forever(void) { return bide_sleep(INFINITY); }

BIDE_EXPORT int swallow(void) { return bide_sleep(INFINITY) == BIDE_ECANCELED ? 5 : 6; }

/* ------------------------------------------------------------------ frames */

static int sum_down(int n) {
    volatile int here = n;
    if (n == 0) return bide_sleep(1.0);
    int below = sum_down(n - 1);
    return below + here;
}

/* Suspends `n` frames deep, each with locals on the C stack. */
static int deep_task(void *arg) { return bide_return_i64(sum_down(*(int *)arg)); }
BIDE_EXPORT int deep(int n) {
    bide_value sum;
    bide_task_options options = { .stack_size = 4 << 20, .arg_size = sizeof n };
    BIDE_TRY(bide_join(bide_create_task_with(&options, deep_task, &n), &sum));
    return (int)sum.i64;
}

/* JavaScript may call an export directly. Then nothing below its own frame can be suspended. */
BIDE_EXPORT int through_javascript(void) {
    BIDE_TRY(bide_sleep(1.0));
    int inner = callback(1);
    BIDE_TRY(bide_sleep(1.0));
    return inner;
}

BIDE_EXPORT int run_inside(void) { return bide_run(NULL, NULL, NULL); }

BIDE_EXPORT int spin(int turns) {
    for (int i = 0; i < turns; i++) BIDE_TRY(bide_sleep(0));
    return turns;
}

/* ------------------------------------------------------------------ the end */

__attribute__((noinline)) static void inner_crash(void) {
    note(1);
    __builtin_trap();
}

BIDE_EXPORT int crash(void) {
    BIDE_TRY(bide_sleep(1.0));
    inner_crash();
    return 0;
}

BIDE_EXPORT int divide(int x, int y) { return x / y; }

__attribute__((noinline)) static int engine_frames(int n) { return n == 0 ? 0 : 1 + engine_frames(n - 1) * (n & 3); }
BIDE_EXPORT int exhaust(void) { return engine_frames(100000000); }

BIDE_EXPORT int overflow(int n) {
    volatile char room[256];
    memset((char *)room, n, sizeof room);
    return n == 0 ? room[0] : overflow(n - 1) + room[1];
}

BIDE_EXPORT int quit(int code) {
    printf("bye");
    exit(code);
}
