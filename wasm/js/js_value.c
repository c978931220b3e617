/* js_value.c -- values of JavaScript, which C asks and calls; js/runtime/js_values.js is the other side.
 *
 * JavaScript writes what comes of it, a value or an ERROR. Code of the user may run
 * meanwhile, which calls C. So the border is crossed as for an import. */
#include "outcome.h"
#include "loop/coroutine.h"

/* Each writes its outcome; false: there is no memory for it. */
BIDE__JS_IMPORT("value_global") bool value_global(const char *path, bide_value *out);
BIDE__JS_IMPORT("value_import") bool value_import(const char *name, bide_value *out);
BIDE__JS_IMPORT("value_get") bool value_get(const bide_value *object, const char *key, bide_value *out);
BIDE__JS_IMPORT("value_get_index") bool value_get_index(const bide_value *object, size_t index, bide_value *out);
BIDE__JS_IMPORT("value_set") bool value_set(const bide_value *object, const char *key, const bide_value *value, bide_value *out);
BIDE__JS_IMPORT("value_set_index") bool value_set_index(const bide_value *object, size_t index, const bide_value *value, bide_value *out);
BIDE__JS_IMPORT("value_call") bool value_call(const bide_value *function, const bide_value *args, size_t n, bide_value *out);
BIDE__JS_IMPORT("value_call_method") bool value_call_method(const bide_value *object, const char *name, const bide_value *args, size_t n, bide_value *out);
BIDE__JS_IMPORT("value_new") bool value_new(const bide_value *constructor, const bide_value *args, size_t n, bide_value *out);
BIDE__JS_IMPORT("value_object") bool value_object(bool is_array, bide_value *out);
BIDE__JS_IMPORT("value_text") bool value_text(const bide_value *value, bide_value *out);
BIDE__JS_IMPORT("value_is") bool value_is(const bide_value *value, const char *type);
/* The number of a promise that settles as the value does, if that is a thenable. */
BIDE__JS_IMPORT("value_promise") bide_promise value_promise(bide_task *asks, const bide_value *value);

#define VALUE_ASK(out, call) do { \
        bide_value v; \
        bide__coroutine *caller = bide__js_leave(); \
        const bool is_there = (call); \
        bide__js_back(caller); \
        return bide__outcome_end(is_there, v, (out)); \
    } while (0)

int bide_js_global(const char *path, bide_value *out) { VALUE_ASK(out, value_global(path, &v)); }
int bide_js_import(const char *name, bide_value *out) { VALUE_ASK(out, value_import(name, &v)); }
int bide_js_get(bide_value object, const char *key, bide_value *out) { VALUE_ASK(out, value_get(&object, key, &v)); }
int bide_js_get_index(bide_value object, size_t index, bide_value *out) { VALUE_ASK(out, value_get_index(&object, index, &v)); }

int bide_js_call(bide_value function, const bide_value *args, size_t n, bide_value *out) {
    VALUE_ASK(out, value_call(&function, args, n, &v));
}

int bide_js_call_method(bide_value object, const char *name, const bide_value *args, size_t n, bide_value *out) {
    VALUE_ASK(out, value_call_method(&object, name, args, n, &v));
}

int bide_js_new(bide_value constructor, const bide_value *args, size_t n, bide_value *out) {
    VALUE_ASK(out, value_new(&constructor, args, n, &v));
}

int bide_js_object(bide_value *out) { VALUE_ASK(out, value_object(false, &v)); }
int bide_js_array(bide_value *out) { VALUE_ASK(out, value_object(true, &v)); }
int bide_js_text(bide_value value, bide_value *out) { VALUE_ASK(out, value_text(&value, &v)); }

static int value_put(const bide_value *object, const char *key, const bide_value *value) { VALUE_ASK(NULL, value_set(object, key, value, &v)); }
static int value_put_index(const bide_value *object, size_t index, const bide_value *value) { VALUE_ASK(NULL, value_set_index(object, index, value, &v)); }

/* A value that could not be made is no error of JavaScript's. */
static int value_taken(int rc, bide_value *value) {
    if (value->kind == BIDE_ERROR) rc = bide__fail_value(value);
    bide_value_clear(value);
    return rc;
}

int bide_js_set(bide_value object, const char *key, bide_value value) {
    return value_taken(value.kind == BIDE_ERROR ? 0 : value_put(&object, key, &value), &value);
}

int bide_js_set_index(bide_value object, size_t index, bide_value value) {
    return value_taken(value.kind == BIDE_ERROR ? 0 : value_put_index(&object, index, &value), &value);
}

bool bide_js_is(bide_value value, const char *type) {
    bide__coroutine *caller = bide__js_leave();
    const bool is = value_is(&value, type);
    bide__js_back(caller);
    return is;
}

int bide_js_await(bide_value value, bide_value *out) {
    bide__out_none(out);
    bide_task *asks = bide__js_asks();
    bide__coroutine *caller = bide__js_leave();
    const bide_promise p = value_promise(asks, &value);
    bide__js_back(caller);
    return p ? bide_await_promise(p, out) : bide__fail_plain(BIDE_ENOMEM);
}
BIDE__SUSPENDS(bide_js_await);
