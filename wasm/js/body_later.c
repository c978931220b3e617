/* body_later.c -- those whose result is a Promise, which the caller waits for. */
#include "body.h"
#include "js.h"

int bide__js_body_later(int how, bide_value *value, bide_value *out) {
    if (how != BODY_PROMISE) return bide__js_body_now(how, value, out);
    const int rc = bide_js_await(*value, out);
    bide_value_clear(value);
    return rc;
}
BIDE__SUSPENDS(bide__js_body_later);
