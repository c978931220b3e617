/* signal_js.c -- an AbortSignal for the task that runs: bide_js_signal; js/runtime/signals.js is the other side.
 *
 * JavaScript has one for each task that asked, until that ends. A task says that it
 * has asked, as for a promise (promise.c), and a request to cancel it then comes by here. */
#include "outcome.h"
#include "task/task.h"

/* Write the signal of the task; `late`: it is aborted from the start. False: there is no memory for it. */
BIDE__JS_IMPORT("signal_of") bool js_signal_of(const bide_task *t, bool late, bide_value *out);
BIDE__JS_IMPORT("signal_abort") void js_signal_abort(const bide_task *t);
BIDE__JS_IMPORT("signal_forget") void js_signal_forget(const bide_task *t);

int bide_js_signal(bide_value *out) {
    bide_value v;
    bide__out_none(out);
    if (!bide__self()) return BIDE_ERUNTIME;
    const bide_task *t = bide__js_asks();
    bide__coroutine *caller = bide__js_leave();
    const bool is_there = js_signal_of(t, bide_task_cancelling(t) > 0, &v);
    bide__js_back(caller);
    return bide__outcome_end(is_there, v, out);
}

void bide__signal_abort(const bide_task *t) {
    bide__coroutine *caller = bide__js_leave();
    js_signal_abort(t);
    bide__js_back(caller);
}

void bide__signal_forget(const bide_task *t) { js_signal_forget(t); }
