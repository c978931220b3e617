/* clock_wasi.c -- the time. It stands by itself, so that a program that only sleeps carries no loop. */
#include "wasi.h"

#include "host.h"
#include "memory.h"

#include <math.h>
#include <string.h>

enum { WASI_NS_PER_MS = 1000000 };

double bide__host_now(void) {
    __wasi_timestamp_t ns = 0;
    (void)__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1000, &ns);
    return (double)ns * 1e-9;
}

/* Rounded up to whole milliseconds: some engines truncate. */
static __wasi_timestamp_t wasi_nanoseconds(double seconds) {
    double ms = ceil(seconds * 1000);
    return ms > 1e12 ? (__wasi_timestamp_t)1e18 : ms < 1 ? WASI_NS_PER_MS : (__wasi_timestamp_t)ms * WASI_NS_PER_MS;
}

__wasi_subscription_t bide__wasi_clock(double seconds) {
    __wasi_subscription_t s = { .userdata = 0 };
    s.u.tag = __WASI_EVENTTYPE_CLOCK;
    s.u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    s.u.u.clock.timeout = wasi_nanoseconds(seconds);
    return s;
}

/* Whether a variable of the environment has this text, `NAME=value`. */
static bool wasi_has_variable(char **variables, size_t count, const char *text) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(variables[i], text) == 0) return true;
    return false;
}

/* Not by getenv, which brings malloc into programs that do not use it. */
bool bide__host_virtual_time(void) {
    __wasi_size_t count = 0, size = 0;
    if (__wasi_environ_sizes_get(&count, &size) != 0 || count == 0) return false;
    size_t room = count * sizeof(char *) + size;
    char **variables = bide__alloc(room);
    if (!variables) return false;
    bool on = __wasi_environ_get((uint8_t **)variables, (uint8_t *)(variables + count)) == 0 && wasi_has_variable(variables, count, "BIDE_VIRTUAL_TIME=1");
    bide__free(variables, room);
    return on;
}
