/* Three timers of one deadline and a later one: those of one deadline fire in the order they were made. */
#include "conformance.h"

static int cb(void *arg) {
    int k = *(int *)arg;
    say("cb %d %d", k, now());
    return 0;
}

static int async_main(void *arg) {
    int ks[] = { 1, 2, 3 };
    for (size_t i = 0; i < 3; i++) bide_loop_call_later(NULL, 5, cb, &ks[i]);
    BIDE_TRY(bide_sleep(20));
    return 0;
}

int main(void) { return conformance_run(async_main); }
