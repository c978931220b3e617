/* pause_wasi.c -- a pause outside of a run: the host blocks. On the virtual clock no time passes, since no loop is there to count it. */
#include "wasi.h"

#include "host.h"

int bide__host_pause(double seconds) {
    if (bide__host_virtual_time()) return 0;
    for (double until = bide__host_now() + seconds, left = seconds; left > 0; left = until - bide__host_now()) {
        const __wasi_subscription_t clock = bide__wasi_clock(left);
        __wasi_event_t event;
        __wasi_size_t happened;
        if (__wasi_poll_oneoff(&clock, &event, 1, &happened) != 0) return BIDE_ERUNTIME;
    }
    return 0;
}
