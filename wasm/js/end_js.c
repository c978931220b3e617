/* end_js.c -- the end of the calls: app.close(), and a main that returns; js/runtime/runtime.js is the other side.
 *
 *   app.close(), main waits in a run call:   interrupted, as by Ctrl-C. When main has returned, what is left of the
 *                                            own loop is cancelled and waited for, and the program exits with main's code.
 *   app.close(), main was never run:         its place takes end_program, which does the same and exits with 0.
 *   main returns, nobody closes the app:     nothing is waited for.
 *
 * What is waited for is what a run call waits for at its end, in the same steps (run.c). */
#include "call.h"
#include "returning/returning.h"

#include <stdlib.h>

BIDE__JS_IMPORT("calls_end") void js_calls_end(void);

static bool end_asked;

static int end_program(void *arg) {
    (void)arg;
    bide__drop(bide__returning_close_own());
    exit(0);
}

/* `main`: it has been started. */
BIDE__JS_EXPORT("bide__js_close") void bide__js_close(bool main) {
    end_asked = true;
    if (!main) bide__returning_start(end_program);
    else if (!bide__returning_interrupt()) bide__returning_stop();
}
void bide__js_bring_close(void) {}

void bide__js_end_calls(void) {
    if (end_asked) bide__drop(bide__returning_close_own());
    js_calls_end();
}
BIDE__SUSPENDS(bide__js_end_calls);
