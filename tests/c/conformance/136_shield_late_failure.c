/* A shielded task that fails after the shield was cancelled is reported to the loop's exception handler. */
#include "conformance.h"

static int handler(bide_loop *loop, const bide_exception_context *context, void *arg) {
    say("handler %s %d", bide_error_name(context->code), now());
    return 0;
}

static int job(void *arg) {
    BIDE_TRY(bide_sleep(10));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int async_main(void *arg) {
    bide_loop_set_exception_handler(NULL, handler, NULL);
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_AUTO bide_future *s = bide_shield(t);
    BIDE_TRY(bide_sleep(1));
    bool accepted = bide_future_cancel(s);
    say("%d %s %s", accepted, st(s), st(t));
    BIDE_TRY(bide_sleep(20));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
