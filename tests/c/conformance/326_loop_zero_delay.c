/* A delay of 0 goes through the timers: its callback runs in the next turn, behind what is ready already. */
#include "conformance.h"

static int cb(void *arg) {
    const char *k = arg;
    say("cb %s", k);
    return 0;
}

static int async_main(void *arg) {
    bide_loop_call_later(NULL, 0, cb, "later");
    bide_loop_call_soon(NULL, cb, "soon 1");
    bide_loop_call_soon(NULL, cb, "soon 2");
    BIDE_TRY(bide_sleep(0));
    say("main");
    BIDE_TRY(bide_sleep(0));
    say("main");
    return 0;
}

int main(void) { return conformance_run(async_main); }
