/* host_blocking.c -- what hosts that can block share: the run loop, which takes turns and then sleeps until
 * the next timer or descriptor; stderr by write(2); and no JavaScript. */
#include "host.h"
#include "run/run.h"

#include <errno.h>
#include <unistd.h>

/* Turns are interrupted so often, in seconds: to look at descriptors, and since an
 * engine that compiles in tiers replaces a function only when it is called again. */
#define BLOCKING_SLICE 0.01

/* One stretch of turns; true: the loop has stopped. */
static bool blocking_turns(bide_loop *loop) {
    bide__turns end = bide__loop_turns(loop, bide__host_now() + BLOCKING_SLICE);
    if (BIDE__HAS(bide_dump) && bide__dump_wanted) bide__dump_running();
    if (end == BIDE__SLICE_OVER && loop->readers) bide__host_poll(loop, 0);
    return end == BIDE__STOPPED;
}

static bool blocking_is_idle(const bide_loop *loop) { return bide__list_empty(&loop->ready) && bide__list_empty(&loop->batch); }

int bide__host_run(bide_loop *loop) {
    while (!blocking_turns(loop)) {
        if (!blocking_is_idle(loop)) continue;
        double seconds = bide__loop_wait(loop);
        if (seconds < 0) {
            bide__loop_deadlock(loop);
            return BIDE_EDEADLOCK;
        }
        if (seconds > 0) bide__host_poll(loop, seconds);
    }
    return 0;
}

void bide__host_write_error(const char *text, size_t size) {
    for (ssize_t n; size > 0 && ((n = write(STDERR_FILENO, text, size)) > 0 || errno == EINTR);)
        if (n > 0) text += n, size -= (size_t)n;
}

void bide__host_drop_error(uint32_t error) { (void)error; }

int bide_await_promise(bide_promise p, bide_value *result) {
    BIDE__TEXT(none, "this host has no JavaScript promises");
    (void)p;
    bide__out_none(result);
    return BIDE__FAIL(BIDE_ERUNTIME, none);
}
BIDE__SUSPENDS(bide_await_promise);
