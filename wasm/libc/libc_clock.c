/* libc_clock.c -- libc's clocks follow a loop's virtual clock.
 *
 * A program reads the time, adds to it, and sleeps or waits until then. On the virtual
 * clock that is right only if the time that it reads is virtual too. From the first
 * reading inside of a run on the clocks stand still, but for the seconds that have passed
 * in loops. Each loop's clock begins at 0; so the seconds of those before are added. */
#include "libc.h"

#include <wasi/api.h>

enum { CLOCK_NS = 1000000000 };

int __clock_gettime(clockid_t clock, struct timespec *time);

static bool clock_is_virtual;
static __wasi_timestamp_t clock_begins[2];     /* of REALTIME and MONOTONIC */
static double clock_earlier, clock_seen;       /* seconds of loops before; of the last one */

static int clock_host(__wasi_clockid_t id, __wasi_timestamp_t *ns) { return __wasi_clock_time_get(id, 1, ns); }

/* Seconds that have passed in loops. */
static double clock_virtual_seconds(void) {
    double now;
    if (!BIDE__HAS(bide__libc_virtual_now) || !bide__libc_virtual_now(&now)) return clock_earlier + clock_seen;
    if (now < clock_seen) clock_earlier += clock_seen;
    clock_seen = now;
    if (clock_is_virtual) return clock_earlier + now;
    clock_is_virtual = true;
    clock_earlier = -now;
    (void)clock_host(__WASI_CLOCKID_REALTIME, &clock_begins[__WASI_CLOCKID_REALTIME]);
    (void)clock_host(__WASI_CLOCKID_MONOTONIC, &clock_begins[__WASI_CLOCKID_MONOTONIC]);
    return 0;
}

int __clock_gettime(clockid_t clock, struct timespec *time) {
    const __wasi_clockid_t id = clock == CLOCK_REALTIME ? __WASI_CLOCKID_REALTIME : __WASI_CLOCKID_MONOTONIC;
    const double passed = clock_virtual_seconds();
    __wasi_timestamp_t ns = clock_begins[id] + (__wasi_timestamp_t)(passed * CLOCK_NS);
    if (!clock_is_virtual && (errno = clock_host(id, &ns)) != 0) return -1;
    *time = (struct timespec){ .tv_sec = (time_t)(ns / CLOCK_NS), .tv_nsec = (long)(ns % CLOCK_NS) };
    return 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) { return __clock_gettime(clock, time); }
