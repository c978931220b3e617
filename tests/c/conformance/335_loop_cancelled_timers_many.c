/* Many cancelled timers disappear without effect. */
#include "conformance.h"

#define TIMERS 300

static int cb(void *arg) {
    int k = *(int *)arg;
    say("cb %d %d", k, now());
    return 0;
}

static int async_main(void *arg) {
    static int ks[TIMERS];
    static bide_handle *hs[TIMERS];
    for (int k = 0; k < TIMERS; k++) {
        ks[k] = k;
        hs[k] = bide_loop_call_later(NULL, 10 + k, cb, &ks[k]);
    }
    for (int k = 0; k < TIMERS; k++)
        if (k % 100 != 7) bide_handle_cancel(hs[k]);
    BIDE_TRY(bide_sleep(400));
    say("end %d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
