/* bide_context_var_set gives a token, by which bide_context_var_reset restores the value;
 * bide_wait_for_call runs its function in the caller's context, a task has its own. */
#include "conformance.h"

static bide_context_var v = BIDE_CONTEXT_VAR_I64("v", 0);

static int tell(const char *what) {
    bide_value value;
    BIDE_TRY(bide_context_var_get(&v, &value));
    say("%s%s", what, show(value));
    return 0;
}

static int job(void *arg) { return bide_context_var_set(&v, bide_i64(7), NULL); }

static int gather_job(void) { return bide_gather_join(BIDE_FUTURES(bide_create_task(job, NULL)), false, NULL); }

static int async_main(void *arg) {
    bide_context_token tok;
    BIDE_TRY(bide_context_var_set(&v, bide_i64(5), &tok));
    BIDE_TRY(bide_context_var_reset(&v, &tok));
    BIDE_TRY(tell(""));
    BIDE_TRY(bide_wait_for_call(job, NULL, 5, NULL));
    BIDE_TRY(tell("after wait_for "));
    BIDE_TRY(bide_join(bide_create_task(job, NULL), NULL));
    BIDE_TRY(gather_job());
    BIDE_TRY(bide_context_var_set(&v, bide_i64(1), NULL));
    BIDE_TRY(gather_job());
    return tell("after gather ");
}

int main(void) { return conformance_run(async_main); }
