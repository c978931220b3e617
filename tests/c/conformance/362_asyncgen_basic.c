/* A generator that waits between its items. */
#include "conformance.h"

static int items(int n) {
    for (int i = 0; i < n; i++) {
        BIDE_TRY(bide_sleep(2));
        BIDE_TRY(bide_yield(bide_i64(i), NULL));
    }
    return 0;
}

static int gen(void *n) {
    const int rc = items(*(const int *)n);
    say("gen closed %d", now());
    return rc;
}

static int async_main(void *arg) {
    int three = 3;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(gen, &three);
    BIDE_FOR_EACH(i, g) say("item %s %d", show(i), now());
    say("end");
    return 0;
}

int main(void) { return conformance_run(async_main); }
