/* Timers fire by deadline, in whatever order they were made. */
#include "conformance.h"

static int cb(void *arg) {
    int k = *(int *)arg;
    say("cb %d %d", k, now());
    return 0;
}

static int async_main(void *arg) {
    int ks[] = { 7, 2, 9, 4, 1 }, three = 3;
    for (size_t i = 0; i < 5; i++) bide_loop_call_later(NULL, ks[i], cb, &ks[i]);
    bide_loop_call_at(NULL, 3, cb, &three);
    BIDE_TRY(bide_sleep(20));
    return 0;
}

int main(void) { return conformance_run(async_main); }
