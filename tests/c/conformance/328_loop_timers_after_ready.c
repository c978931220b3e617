/* Due timers queue up behind the callbacks that were ready before. */
#include "conformance.h"

static int cb(void *arg) {
    const char *k = arg;
    say("cb %s %d", k, now());
    return 0;
}

static int at5(void *arg) {
    say("at5");
    bide_loop_call_soon(NULL, cb, "soon from at5");
    bide_loop_call_later(NULL, 0, cb, "timer from at5");
    bide_loop_call_soon(NULL, cb, "soon again");
    return 0;
}

static int async_main(void *arg) {
    bide_loop_call_later(NULL, 5, at5, NULL);
    bide_loop_call_later(NULL, 5, cb, "second at 5");
    BIDE_TRY(bide_sleep(10));
    return 0;
}

int main(void) { return conformance_run(async_main); }
