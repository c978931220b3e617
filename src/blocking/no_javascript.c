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

/* ------------------------------------------------------------------ bide/js.h */

static int no_javascript(bide_value *out) {
    BIDE__TEXT(none, "this host has no JavaScript");
    bide__out_none(out);
    return BIDE__FAIL(BIDE_ERUNTIME, none);
}

static int no_javascript_taken(bide_value *value) {
    bide_value_clear(value);
    return no_javascript(NULL);
}

int bide_js_global(const char *path, bide_value *out) { return (void)path, no_javascript(out); }
int bide_js_import(const char *name, bide_value *out) { return (void)name, no_javascript(out); }
int bide_js_get(bide_value object, const char *key, bide_value *out) { return (void)object, (void)key, no_javascript(out); }
int bide_js_get_index(bide_value object, size_t index, bide_value *out) { return (void)object, (void)index, no_javascript(out); }
int bide_js_set(bide_value object, const char *key, bide_value value) { return (void)object, (void)key, no_javascript_taken(&value); }
int bide_js_set_index(bide_value object, size_t index, bide_value value) { return (void)object, (void)index, no_javascript_taken(&value); }
int bide_js_call(bide_value function, const bide_value *args, size_t n, bide_value *out) { return (void)function, (void)args, (void)n, no_javascript(out); }
int bide_js_call_method(bide_value object, const char *name, const bide_value *args, size_t n, bide_value *out) { return (void)object, (void)name, (void)args, (void)n, no_javascript(out); }
int bide_js_new(bide_value constructor, const bide_value *args, size_t n, bide_value *out) { return (void)constructor, (void)args, (void)n, no_javascript(out); }
int bide_js_await(bide_value value, bide_value *out) { return (void)value, no_javascript(out); }
BIDE__SUSPENDS(bide_js_await);
int bide_js_object(bide_value *out) { return no_javascript(out); }
int bide_js_array(bide_value *out) { return no_javascript(out); }
int bide_js_text(bide_value value, bide_value *out) { return (void)value, no_javascript(out); }
int bide_js_function(const char *signature, bide_js_fn *fn, void *arg, void (*release)(void *arg), bide_value *out) { return (void)signature, (void)fn, (void)arg, (void)release, no_javascript(out); }
int bide_js_signal(bide_value *out) { return no_javascript(out); }

int bide_js_iterate(bide_value iterable, bide_generator **out) {
    (void)iterable;
    if (out) *out = NULL;
    return no_javascript(NULL);
}

bool bide_js_is(bide_value value, const char *type) { return (void)value, (void)type, false; }
int bide__js_body_now(int how, bide_value *value, bide_value *out) { return (void)how, (void)value, no_javascript(out); }
int bide__js_body_later(int how, bide_value *value, bide_value *out) { return (void)how, (void)value, no_javascript(out); }
BIDE__SUSPENDS(bide__js_body_later);
