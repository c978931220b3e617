/* An error thrown into the generator is dealt with inside. */
#include "conformance.h"

static int gen(void *arg) {
    for (int i = 0;;) {
        const int rc = bide_yield(bide_i64(i), NULL);
        if (rc == 0) i++;
        else if (rc == BIDE_EVALUE) say("caught inside"), i = 100;
        else return rc;
    }
}

static int async_main(void *arg) {
    BIDE_AUTO_GENERATOR bide_generator *g = bide_async_generator_new(gen, NULL);
    bide_value first, second;
    BIDE_TRY(bide_generator_next(g, &first));
    BIDE_TRY(bide_generator_next(g, &second));
    say("%s %s", show(first), show(second));
    BIDE_TRY(bide_generator_throw(g, BIDE_EVALUE, NULL, &first));
    say("%s", show(first));
    BIDE_TRY(bide_generator_next(g, &second));
    say("%s", show(second));
    return bide_generator_close(g);
}

int main(void) { return conformance_run(async_main); }
