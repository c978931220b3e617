/* Callbacks run first come, first served; what they schedule runs in the next turn. */
#include "conformance.h"

static int inner(void *arg) {
    int k = *(int *)arg;
    say("inner %d", k);
    return 0;
}

static int outer(void *arg) {
    int k = *(int *)arg;
    say("outer %d", k);
    bide_loop_call_soon(NULL, inner, arg);
    return 0;
}

static int async_main(void *arg) {
    int one = 1, two = 2;
    bide_loop_call_soon(NULL, outer, &one);
    bide_loop_call_soon(NULL, outer, &two);
    BIDE_TRY(bide_sleep(0));
    say("main 1");
    BIDE_TRY(bide_sleep(0));
    say("main 2");
    return 0;
}

int main(void) { return conformance_run(async_main); }
