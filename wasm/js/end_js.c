/* end_js.c -- the end of the calls: app.close(), and a main that returns; js/runtime/runtime.js is the other side.
 *
 *   ENDS_NOT -> ENDS_MAIN          app.close() while main waits: it is interrupted, as by Ctrl-C
 *   ENDS_NOT -> ENDS_CALLS         app.close() of a program whose main was never run
 *   ENDS_NOT -> exit               app.close() of a program where nothing suspends
 *   ENDS_MAIN -> ENDS_CALLS        main returns
 *   ENDS_CALLS -> ENDS_GENERATORS  a wake-up finds that the tasks of the own loop have ended, which app.close() has cancelled; a
 *                                  task closes the asynchronous generators that are left
 *   ENDS_GENERATORS -> exit        the same when that has ended
 *
 * A main that returns while nobody closes the app does not wait for the calls. In a program where nothing suspends no task is left
 * half-way, so app.close() waits for none: what waits here is removed when the module is finished.
 *
 * Rejected: a run call that closes the own loop. It suspends main, so even a program whose functions only compute would be
 * instrumented. */
#include "call.h"
#include "returning/returning.h"

#include <stdlib.h>

BIDE__JS_IMPORT("calls_end") void js_calls_end(void);
/* Whether anything suspends: a constant of the finished module. */
BIDE__PASS_IMPORT("suspends") bool pass_suspends(void);

static enum { ENDS_NOT, ENDS_MAIN, ENDS_CALLS, ENDS_GENERATORS } end_state;
static int end_code;

static _Noreturn void end_now(int code) {
    js_calls_end();      /* of a loop that main has left open */
    exit(code);
}

/* `main`: it has been started. */
BIDE__JS_EXPORT("bide__js_close") void bide__js_close(bool main) {
    if (!pass_suspends()) end_now(0);
    bide__returning_end_own();
    end_state = main ? ENDS_MAIN : ENDS_CALLS;
    if (main && !bide__returning_interrupt()) bide__returning_stop();
}
void bide__js_bring_close(void) {}

void bide__js_ending(void) {
    if (!pass_suspends() || end_state < ENDS_CALLS || bide__returning_own_ends()) return;
    if (end_state == ENDS_CALLS) {
        end_state = ENDS_GENERATORS;
        if (BIDE__HAS(bide__generators_close_all) && bide__returning_end_generators()) return;
    }
    end_now(end_code);
}

bool bide__js_end_calls(int code) {
    if (end_state == ENDS_NOT) return js_calls_end(), false;
    end_state = ENDS_CALLS;
    end_code = code;
    return true;
}
