/* promise.c -- waiting for a promise that an import returned; js/runtime/promises.js is the other side.
 *
 * JavaScript keeps the outcome of the import under a number. The outcome of a
 * settled promise is taken at once. A pending promise becomes an operation (host.h),
 * which JavaScript completes. When the core drops the operation, JavaScript drops the
 * number and aborts the signal that the import was given. What comes later is
 * ignored.
 *
 * JavaScript also knows which task asked. When that task ends, the promises that it
 * asked for and that nobody awaits are dropped. */
#include "outcome.h"
#include "host.h"
#include "task/task.h"

BIDE__FAST;

/* The operation's data. */
struct promise { bide_promise number; };

enum promise_state { PROMISE_UNKNOWN, PROMISE_PENDING, PROMISE_SETTLED };
BIDE__JS_IMPORT("promise_state") enum promise_state js_promise_state(bide_promise p);
/* Call bide__js_complete(promise) when `p` settles. */
BIDE__JS_IMPORT("promise_watch") void js_promise_watch(bide_promise p, struct promise *promise);
/* Forget `p`; if it is pending, abort it. */
BIDE__JS_IMPORT("promise_drop") void js_promise_drop(bide_promise p);
/* One that the task asked for, and that nobody awaits; 0: none. */
BIDE__JS_IMPORT("promise_left") bide_promise js_promise_left(const bide_task *t);
/* The name of the import, for debug mode. */
BIDE__JS_IMPORT("promise_name") void js_promise_name(bide_promise p, char *name, size_t size);

/* ------------------------------------------------------------------ waiting */

static void promise_drop(void *data) { js_promise_drop(((struct promise *)data)->number); }
static const bide__operation_type promise_type = { "a promise", sizeof(struct promise), promise_drop };

/* What JavaScript owed has come. A number is given with the call, as is nothing; all else has to be taken. */
BIDE__JS_EXPORT("bide__js_complete") void bide__js_complete(struct promise *promise, int kind, double number) {
    bide_value v = { .kind = BIDE_NONE };
    if (kind == BIDE_F64) v = bide_f64(number);
    else if (kind != BIDE_NONE) v = bide__outcome_take(promise->number);
    bide__operation_complete(promise, v);
}

static int promise_receive(bide_value v, bide_value *result) {
    if (BIDE__HAS(bide__debug)) bide__debug_js_value(&v);
    if (v.kind != BIDE_ERROR) return bide__value_out(result, v), 0;
    int rc = bide__fail_value(&v);
    bide_value_clear(&v);
    return rc;
}

int bide_await_promise(bide_promise p, bide_value *result) {
    BIDE__TEXT(unknown, "no such promise, or it was awaited or dropped before");
    bide__value_out(result, (bide_value){ .kind = BIDE_NONE });
    bide__task *self = bide__self();
    enum promise_state state = js_promise_state(p);
    if (state == PROMISE_UNKNOWN) return self ? BIDE__FAIL(BIDE_EVALUE, unknown) : BIDE_ERUNTIME;
    if (!self) return js_promise_drop(p), BIDE_ERUNTIME;
    if (state == PROMISE_SETTLED) return promise_receive(bide__outcome_take(p), result);
    struct promise *promise = bide__operation_new(self->future.loop, &promise_type);
    if (!promise) return js_promise_drop(p), BIDE_ENOMEM;
    promise->number = p;
    js_promise_watch(p, promise);
    const int rc = bide__operation_await(promise, result);
    if (BIDE__HAS(bide__debug) && result) bide__debug_js_value(result);
    return rc;
}
BIDE__SUSPENDS(bide_await_promise);

/* ------------------------------------------------------------------ giving up */

void bide_promise_drop(bide_promise p) {
    if (js_promise_state(p) != PROMISE_UNKNOWN) js_promise_drop(p);
}

/* The task that is about to ask JavaScript for a promise; NULL: none. An import's wrapper calls it (js/link/imported.js). */
BIDE__JS_EXPORT("bide__js_asks") bide_task *bide__js_asks(void) {
    bide_task *t = bide_current_task();
    if (!t && BIDE__HAS(bide__task_behind)) t = bide__task_behind();
    if (t) bide__task_of(t)->asked = true;
    return t;
}
BIDE__LINK_PROMISE("--undefined=bide__js_asks");

static void promise_report_left(const bide__task *t, bide_promise p) {
    char name[64];
    js_promise_name(p, name, sizeof name);
    bide__debug_promise_left(t, name);
}

void bide__promises_left(bide__task *t) {
    t->asked = false;
    if (BIDE__HAS_OUTER(bide__signal_forget)) bide__signal_forget(&t->future);
    for (bide_promise p; (p = js_promise_left(&t->future)); js_promise_drop(p))
        if (bide__debugging(t->future.loop)) promise_report_left(t, p);
}
