/* promise.c -- waiting for a promise that an import returned.
 *
 * JavaScript keeps the outcome of the import under a number. One that is settled
 * is taken at once; for one that is not, a future stands in until JavaScript
 * completes it. Cancelling the future, or letting go of it, drops the number
 * and aborts the signal that the import was given; what comes later is ignored.
 *
 * A future and not the task's private waiter, since it ends with the last
 * reference: JavaScript never completes what a closed loop has freed. */
#include "js.h"

enum promise_state { UNKNOWN, PENDING, SETTLED };
BIDE__JS_IMPORT("promise_state") enum promise_state js_promise_state(bide_promise p);
/* Call bide__js_complete(op) when `p` settles. */
BIDE__JS_IMPORT("promise_watch") void js_promise_watch(bide_promise p, bide__js_operation *op);
/* Forget `p`; if it is pending, abort it. */
BIDE__JS_IMPORT("promise_drop") void js_promise_drop(bide_promise p);

/* How `p` ended. Bytes and messages are fetched by js_promise_copy. */
struct outcome {
    int32_t code;         /* 0: a value */
    int32_t kind;         /* bide_kind of the value */
    uint32_t size;        /* of the bytes or the message */
    uint32_t js_error;    /* number of the JavaScript error; 0: none */
    union { double f64; int64_t i64; };
};
BIDE__JS_IMPORT("promise_outcome") void js_promise_outcome(bide_promise p, struct outcome *out);
BIDE__JS_IMPORT("promise_copy") void js_promise_copy(bide_promise p, void *to);

struct promise {
    bide_future future;
    bide__js_operation operation;
    bide_promise number;  /* 0: not ours any more */
};

static struct promise *promise_of(bide__js_operation *op) {
    return (struct promise *)((char *)op - offsetof(struct promise, operation));
}

/* The bytes or the message, with a NUL behind; NULL without memory. */
static bide__blob *copy(bide_promise p, size_t size) {
    bide__blob *b = bide__blob_new(size + 1);
    if (!b) return NULL;
    js_promise_copy(p, bide__blob_data(b));
    bide__blob_data(b)[size] = '\0';
    return b;
}

static bide_value bytes_from(bide_promise p, size_t size) {
    bide__blob *b = copy(p, size);
    if (!b) return bide__error_value(BIDE_ENOMEM, NULL);
    bide_value v = { .kind = BIDE_BYTES };
    v.size = size, v.bytes = bide__blob_data(b);
    return v;
}

/* Without memory for the message the code stands alone. */
static bide_value error_from(bide_promise p, const struct outcome *o) {
    bide__blob *message = copy(p, o->size);
    bide_value v = bide__error_value(o->code, message);
    if (message) message->js_error = o->js_error, bide__blob_release(message);
    else if (o->js_error) bide__host_drop_error(o->js_error);
    return v;
}

/* The value or ERROR of a settled promise, whose number is then used up. */
static bide_value take(bide_promise p) {
    struct outcome o;
    js_promise_outcome(p, &o);
    bide_value v = { .kind = BIDE_NONE };
    if (o.code) v = error_from(p, &o);
    else if (o.kind == BIDE_F64) v = bide_f64(o.f64);
    else if (o.kind == BIDE_I64) v = bide_i64(o.i64);
    else if (o.kind == BIDE_BYTES) v = bytes_from(p, o.size);
    js_promise_drop(p);
    return v;
}

/* ------------------------------------------------------------------ the future */

static void let_go(struct promise *f) {
    if (f->number == 0) return;
    js_promise_drop(f->number);
    f->number = 0;
    f->future.loop->host_operations--;
}

static bool cancel(bide_future *f) {
    let_go((struct promise *)f);
    bide__future_complete(f, BIDE__CANCELLED);
    return true;
}

static void destroy(bide_future *f) {
    let_go((struct promise *)f);
    bide__future_free(f, sizeof(struct promise));
}

static const bide__future_type promise_type = { "a promise", cancel, destroy };

static void complete(bide__js_operation *op) {
    struct promise *f = promise_of(op);
    bide_promise number = f->number;
    f->number = 0;
    f->future.loop->host_operations--;
    f->future.value = take(number);
    bide__future_complete(&f->future, BIDE__FINISHED);
}

/* ------------------------------------------------------------------ waiting */

/* A reference; NULL without memory. */
static bide_future *future_for(bide_promise p, bide_loop *loop) {
    bide_future *f = bide__future_new(loop, &promise_type, sizeof(struct promise));
    if (!f) return NULL;
    struct promise *promise = (struct promise *)f;
    promise->number = p;
    promise->operation.complete = complete;
    loop->host_operations++;
    js_promise_watch(p, &promise->operation);
    return f;
}

static int receive(bide_value v, bide_value *result) {
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
    if (state == UNKNOWN) return self ? BIDE__FAIL(BIDE_EVALUE, unknown) : BIDE_ERUNTIME;
    if (!self) return js_promise_drop(p), BIDE_ERUNTIME;
    if (state == SETTLED) return receive(take(p), result);
    bide_future *f = future_for(p, self->future.loop);
    if (!f) return js_promise_drop(p), BIDE_ENOMEM;
    return bide_join(f, result);
}
