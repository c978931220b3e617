/* A gather of nothing is done at once, and to await it does not suspend. */
#include "conformance.h"

static int other(void *arg) {
    say("other");
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(other, NULL);
    BIDE_AUTO bide_future *g = bide_gather(NULL, 0, false);
    say("done %d", bide_future_done(g));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(g, &v));
    say("%s", show(v));
    say("other still %s", st(t));
    BIDE_TRY(bide_await(t, NULL));
    return 0;
}

int main(void) { return conformance_run(main_task); }
