/* blocking.c -- the run loop of hosts that can block: it takes turns, and then sleeps until the next timer or descriptor. */
#include "host.h"
#include "run/run.h"

/* In seconds: turns are interrupted so often. Then descriptors are looked at, and an engine that compiles in
 * tiers can replace the function, which it does only when that is called again. */
#define BLOCKING_SLICE 0.01

/* Sleep for `seconds`, or until a descriptor can be read. A program without readers has no bide__host_poll. */
static void blocking_wait(bide_loop *loop, double seconds) {
    if (loop->readers) loop->poll(loop, seconds);
    else bide__host_sleep(loop, seconds);
}

/* Run turns for one slice. */
static bide__turns blocking_turns(bide_loop *loop) {
    bide__turns end = bide__loop_turns(loop, bide__host_now() + BLOCKING_SLICE);
    if (BIDE__HAS(bide_dump) && bide__dump_wanted) bide__dump_running();
    if (end == BIDE__SLICE_OVER && loop->readers) loop->poll(loop, 0);
    return end;
}

int bide__host_run(bide_loop *loop) {
    for (bide__turns end; (end = blocking_turns(loop)) != BIDE__STOPPED;) {
        if (end == BIDE__SLICE_OVER) continue;         /* nothing may be ready, and the loop stop all the same */
        double seconds = bide__loop_wait(loop);
        if (seconds < 0) {
            bide__loop_deadlock(loop);
            return BIDE_EDEADLOCK;
        }
        if (seconds > 0) blocking_wait(loop, seconds);
    }
    return 0;
}
