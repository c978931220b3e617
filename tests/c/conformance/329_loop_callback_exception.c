/* The error of a callback goes to the exception handler, and the loop goes on. */
#include "conformance.h"

static int handler(bide_loop *loop, const bide_exception_context *context, void *arg) {
    say("handler %s", bide_error_name(context->code));
    return 0;
}

static int bad(void *arg) { return bide_raise(BIDE_EVALUE, NULL); }

static int good(void *arg) {
    say("good");
    return 0;
}

static int async_main(void *arg) {
    bide_loop_set_exception_handler(NULL, handler, NULL);
    bide_loop_call_soon(NULL, bad, NULL);
    bide_loop_call_soon(NULL, good, NULL);
    bide_loop_call_later(NULL, 2, bad, NULL);
    BIDE_TRY(bide_sleep(5));
    say("main %d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
