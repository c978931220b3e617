/* Two timers of one deadline beside an earlier and a later one fire in the order they were made. */
#include "conformance.h"

static int cb(void *arg) {
    const char *k = arg;
    say("cb %s %d", k, now());
    return 0;
}

static int async_main(void *arg) {
    bide_loop_call_later(NULL, 5, cb, "a");
    bide_loop_call_later(NULL, 2, cb, "early");
    bide_loop_call_later(NULL, 5, cb, "b");
    BIDE_TRY(bide_sleep(20));
    return 0;
}

int main(void) { return conformance_run(async_main); }
