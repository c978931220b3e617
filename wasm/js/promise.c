/* promise.c -- waiting for a promise that an import returned; js/runtime/promises.js is the other side.
 *
 * JavaScript keeps the outcome of the import under a number. The outcome of a
 * settled promise is taken at once. A pending promise becomes an operation (host.h),
 * which JavaScript completes. When the core drops the operation, JavaScript drops the
 * number and aborts the signal that the import was given. What comes later is
 * ignored. */
#include "js.h"
#include "host.h"
#include "task/task.h"

/* The operation's data. */
struct promise { bide_promise number; };

enum promise_state { PROMISE_UNKNOWN, PROMISE_PENDING, PROMISE_SETTLED };
BIDE__JS_IMPORT("promise_state") enum promise_state js_promise_state(bide_promise p);
/* Call bide__js_complete(promise) when `p` settles. */
BIDE__JS_IMPORT("promise_watch") void js_promise_watch(bide_promise p, struct promise *promise);
/* Forget `p`; if it is pending, abort it. */
BIDE__JS_IMPORT("promise_drop") void js_promise_drop(bide_promise p);

/* How `p` ended. Bytes and messages are fetched by js_promise_copy. */
struct promise_outcome {
    int32_t code;         /* 0: a value */
    int32_t kind;         /* bide_kind of the value */
    uint32_t size;        /* of the bytes or the message */
    uint32_t js_error;    /* number of the JavaScript error; 0: none */
    union { double f64; int64_t i64; };
};
BIDE__JS_IMPORT("promise_outcome") void js_promise_outcome(bide_promise p, struct promise_outcome *out);
BIDE__JS_IMPORT("promise_copy") void js_promise_copy(bide_promise p, void *to);

/* The bytes or the message, with a NUL behind; NULL without memory. */
static bide__blob *promise_copy(bide_promise p, size_t size) {
    bide__blob *b = bide__blob_new(size + 1);
    if (!b) return NULL;
    js_promise_copy(p, bide__blob_data(b));
    bide__blob_data(b)[size] = '\0';
    return b;
}

static bide_value promise_bytes(bide_promise p, size_t size) {
    bide__blob *b = promise_copy(p, size);
    if (!b) return bide__error_value(BIDE_ENOMEM, NULL);
    bide_value v = { .kind = BIDE_BYTES };
    v.size = size, v.bytes = bide__blob_data(b);
    return v;
}

/* Without memory for the message the code stands alone. */
static bide_value promise_error(bide_promise p, const struct promise_outcome *o) {
    bide__blob *message = promise_copy(p, o->size);
    bide_value v = bide__error_value(o->code, message);
    if (message) message->js_error = o->js_error, bide__blob_release(message);
    else if (o->js_error) bide__host_drop_error(o->js_error);
    return v;
}

/* The value or ERROR of a settled promise, whose number is then used up. */
static bide_value promise_take(bide_promise p) {
    struct promise_outcome o;
    js_promise_outcome(p, &o);
    bide_value v = { .kind = BIDE_NONE };
    if (o.code) v = promise_error(p, &o);
    else if (o.kind == BIDE_F64) v = bide_f64(o.f64);
    else if (o.kind == BIDE_I64) v = bide_i64(o.i64);
    else if (o.kind == BIDE_BYTES) v = promise_bytes(p, o.size);
    js_promise_drop(p);
    return v;
}

/* ------------------------------------------------------------------ waiting */

static void promise_drop(void *data) { js_promise_drop(((struct promise *)data)->number); }
static const bide__operation_type promise_type = { "a promise", sizeof(struct promise), promise_drop };

/* What JavaScript owed has come. */
BIDE__JS_EXPORT("bide__js_complete") void bide__js_complete(struct promise *promise) {
    bide__operation_complete(promise, promise_take(promise->number));
}

static int promise_receive(bide_value v, bide_value *result) {
    if (v.kind != BIDE_ERROR) return bide__value_out(result, v), 0;
    int rc = bide__fail_value(&v);
    bide_value_clear(&v);
    return rc;
}

int bide_await_promise(bide_promise p, bide_value *result) {
    BIDE__TEXT(unknown, "no such promise, or it was awaited before");
    bide__value_out(result, (bide_value){ .kind = BIDE_NONE });
    bide__task *self = bide__self();
    enum promise_state state = js_promise_state(p);
    if (state == PROMISE_UNKNOWN) return self ? BIDE__FAIL(BIDE_EVALUE, unknown) : BIDE_ERUNTIME;
    if (!self) return js_promise_drop(p), BIDE_ERUNTIME;
    if (state == PROMISE_SETTLED) return promise_receive(promise_take(p), result);
    struct promise *promise = bide__operation_new(self->future.loop, &promise_type);
    if (!promise) return js_promise_drop(p), BIDE_ENOMEM;
    promise->number = p;
    js_promise_watch(p, promise);
    return bide__operation_await(promise, result);
}
BIDE__SUSPENDS(bide_await_promise);
