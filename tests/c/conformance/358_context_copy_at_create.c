/* A task sees the values of the moment of its creation; its own changes stay inside. */
#include "conformance.h"

static bide_context_var v = BIDE_CONTEXT_VAR_I64("v", 0);

static int tell(const char *what) {
    bide_value value;
    BIDE_TRY(bide_context_var_get(&v, &value));
    say("%s %s", what, show(value));
    return 0;
}

static int child(void *arg) {
    BIDE_TRY(tell("child sees"));
    BIDE_TRY(bide_context_var_set(&v, bide_i64(99), NULL));
    BIDE_TRY(bide_sleep(1));
    return tell("child keeps");
}

static int async_main(void *arg) {
    BIDE_TRY(bide_context_var_set(&v, bide_i64(1), NULL));
    BIDE_AUTO bide_task *t = bide_create_task(child, NULL);
    BIDE_TRY(bide_context_var_set(&v, bide_i64(2), NULL));
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(tell("main has"));
    BIDE_TRY(bide_await(t, NULL));
    return tell("main has");
}

int main(void) { return conformance_run(async_main); }
