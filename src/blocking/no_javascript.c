/* no_javascript.c -- what a host without JavaScript answers. */
#include "host.h"

#include <bide/js.h>
#include "link.h"
#include "loop/coroutine.h"

const char bide__function_part, bide__function_options_part;

void bide__host_drop_js(uint32_t error) { (void)error; }

int bide_await_promise(bide_promise p, bide_value *result) {
    BIDE__TEXT(none, "this host has no JavaScript promises");
    (void)p;
    bide__out_none(result);
    return BIDE__FAIL(BIDE_ERUNTIME, none);
}
BIDE__SUSPENDS(bide_await_promise);

void bide_promise_drop(bide_promise p) { (void)p; }
