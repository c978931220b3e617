/* A generator that was left suspended is closed when the run ends. */
#include "conformance.h"

static int items(void) {
    BIDE_TRY(bide_yield(bide_i64(1), NULL));
    return bide_yield(bide_i64(2), NULL);
}

static int gen(void *arg) {
    int rc = items();
    const int slept = bide_sleep(4);
    if (slept != 0) return slept;
    say("closed at shutdown %d", now());
    return rc;
}

static bide_generator *kept;

static int async_main(void *arg) {
    kept = bide_async_generator_new(gen, NULL);
    bide_value v;
    BIDE_TRY(bide_generator_next(kept, &v));
    say("%s", show(v));
    say("main ends %d", now());
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_generator_release(kept);
    return code;
}
