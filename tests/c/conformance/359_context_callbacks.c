/* Callbacks and done callbacks run in the context of their registration. */
#include "conformance.h"

static bide_context_var v = BIDE_CONTEXT_VAR_I64("v", 0);

static int tell(const char *what) {
    bide_value value;
    BIDE_TRY(bide_context_var_get(&v, &value));
    say("%s %s", what, show(value));
    return 0;
}

static int cb(void *what) { return tell(what); }

static int done(bide_future *f, void *arg) {
    BIDE_TRY(tell("done cb"));
    return bide_context_var_set(&v, bide_i64(50), NULL);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_TRY(bide_context_var_set(&v, bide_i64(1), NULL));
    bide_loop_call_soon(NULL, cb, "cb soon");
    BIDE_TRY(bide_future_add_done_callback(f, done, NULL));
    BIDE_TRY(bide_context_var_set(&v, bide_i64(2), NULL));
    bide_loop_call_later(NULL, 1, cb, "cb later");
    BIDE_TRY(bide_context_var_set(&v, bide_i64(3), NULL));
    BIDE_TRY(bide_future_set_result(f, bide_i64(0)));
    BIDE_TRY(bide_sleep(2));
    return tell("main");
}

int main(void) { return conformance_run(async_main); }
