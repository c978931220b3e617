/* outcome.c -- values and errors of JavaScript become those of C; js/runtime/values.js is the other side.
 *
 * JavaScript writes the value where C wants it, and asks for the memory of its
 * contents. A blob without contents of its own has a number of JavaScript's: the
 * value behind it is a JS. The message of an error has the number of the very error,
 * which JavaScript finds again if it comes back. */
#include "outcome.h"
#include "loop/coroutine.h"

/* Write how it ended; false: there is no memory for it. The number is used up. */
BIDE__JS_IMPORT("outcome") bool js_outcome(bide_promise p, bide_value *out);

/* Contents of `size` bytes, of which JavaScript's number is `js`; NULL without memory. */
BIDE__JS_EXPORT("bide__js_blob") char *bide__js_blob(size_t size, uint32_t js) {
    bide__blob *b = bide__blob_new(size);
    if (!b) return NULL;
    b->js = js;
    return bide__blob_data(b);
}

BIDE__JS_EXPORT("bide__js_clear") void bide__js_clear(bide_value *v) { bide_value_clear(v); }

bide_value bide__outcome_take(bide_promise p) {
    bide_value v;
    return js_outcome(p, &v) ? v : bide__error_value(BIDE_ENOMEM, NULL);
}

int bide__outcome_end(bool is_there, bide_value v, bide_value *out) {
    bide__out_none(out);
    if (!is_there) return bide__fail_plain(BIDE_ENOMEM);
    if (BIDE__HAS(bide__debug)) bide__debug_js_value(&v);
    if (v.kind != BIDE_ERROR) return bide__value_out(out, v), 0;
    const int rc = bide__fail_value(&v);
    bide_value_clear(&v);
    return rc;
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
