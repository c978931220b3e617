/* outcome.c -- values and errors of JavaScript become those of C; js/runtime/promises.js is the other side.
 *
 * An error's number stays in use: the message has it, by which JavaScript finds the
 * very error again if it comes back. */
#include "outcome.h"
#include "host.h"
#include "loop/coroutine.h"

/* Bytes and messages are fetched by js_outcome_copy. */
struct outcome {
    int32_t code;         /* 0: a value */
    int32_t kind;         /* bide_kind of the value */
    uint32_t size;        /* of the bytes or the message */
    union { double f64; int64_t i64; };
};
/* How it ended. A value's number is used up if there are no bytes. */
BIDE__JS_IMPORT("outcome") void js_outcome(bide_promise p, struct outcome *out);
/* Copy the bytes or the message. The number of bytes is then used up, that of an error becomes the error's. */
BIDE__JS_IMPORT("outcome_copy") void js_outcome_copy(bide_promise p, void *to);

/* The bytes or the message, with a NUL behind; NULL without memory. */
static bide__blob *outcome_copy(bide_promise p, size_t size) {
    bide__blob *b = bide__blob_new(size + 1);
    if (!b) return bide__host_drop_js((uint32_t)p), NULL;
    js_outcome_copy(p, bide__blob_data(b));
    bide__blob_data(b)[size] = '\0';
    return b;
}

static bide_value outcome_bytes(bide_promise p, size_t size) {
    bide__blob *b = outcome_copy(p, size);
    return bide__blob_value(BIDE_BYTES, b, size);
}

/* Without memory for the message the code stands alone. */
static bide_value outcome_error(bide_promise p, const struct outcome *o) {
    bide__blob *message = outcome_copy(p, o->size);
    bide_value v = bide__error_value(o->code, message);
    if (message) message->js = (uint32_t)p, bide__blob_release(message);
    return v;
}

bide_value bide__outcome_take(bide_promise p) {
    struct outcome o;
    js_outcome(p, &o);
    if (o.code) return outcome_error(p, &o);
    if (o.kind == BIDE_F64) return bide_f64(o.f64);
    if (o.kind == BIDE_I64) return bide_i64(o.i64);
    return o.kind == BIDE_BYTES ? outcome_bytes(p, o.size) : (bide_value){ .kind = BIDE_NONE };
}

/* An import that returns an int has thrown an error of ours. C gets the code in place of the int, and its caller the message. */
BIDE__JS_EXPORT("bide__js_threw") int bide__js_threw(bide_promise p) {
    bide__coroutine *javascript = bide__current;
    bide__current = bide__js_caller();
    bide_value v = bide__outcome_take(p);
    int rc = bide__fail_value(&v);
    bide_value_clear(&v);
    bide__current = javascript;
    return rc;
}
void bide__js_bring_threw(void) {}
