/* The main task waits for a future that nobody completes. */
#include "conformance.h"

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    int rc = bide_wait_for(f, 5, NULL);
    if (rc == BIDE_ETIMEDOUT) say("timeout %d", now());
    else BIDE_TRY(rc);
    BIDE_AUTO bide_future *g = bide_future_new(NULL);
    BIDE_TRY(bide_await(g, NULL));
    say("never");
    return 0;
}

int main(void) { return conformance_run(async_main); }
