/* An error needs no message, and a future turns StopIteration into RuntimeError. */
#include "conformance.h"

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_TRY(bide_future_set_exception(f, BIDE_EVALUE, NULL));
    BIDE_AUTO bide_future *g = bide_future_new(NULL);
    BIDE_TRY(bide_future_set_exception(g, BIDE_ESTOP, NULL));
    say("%s %s", st(f), st(g));
    return 0;
}

int main(void) { return conformance_run(async_main); }
