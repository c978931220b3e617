/* callback.c -- functions of C that are given to JavaScript: bide_js_function; js/runtime/callbacks.js is the other side.
 *
 * To function.c each is a typed function without a C function of its own, so all
 * that those can, these can. JavaScript keeps the function alive while it can call it
 * and while a call runs, and then says that it is collected. */
#include "call.h"
#include "outcome.h"
#include "base/list.h"
#include "loop/coroutine.h"

#include <stdlib.h>

struct callback {
    bide__function typed;        /* its fn is NULL */
    bide__node link;
    bide_js_fn *fn;
    void *arg;
    void (*release)(void *arg);  /* NULL: none */
    uint32_t count;              /* of its parameters */
};

/* Those whose `release` is due when the program ends. */
static bide__node callbacks;

/* Write the function of JavaScript, or an ERROR; false: there is no memory for it. `count` is given the number of its parameters. */
BIDE__JS_IMPORT("callback_new") bool js_callback_new(const char *signature, struct callback *c, uint32_t *count, bide_value *out);

int bide__callback_run(const void *typed, const bide_value *args) {
    const struct callback *c = typed;
    return c->fn(args, c->count, c->arg);
}

/* In a coroutine that is no task, so that nothing can wait. */
static void callback_release(struct callback *c) {
    bide__coroutine *outer = bide__current, own = { .task = NULL };
    bide__list_remove(&c->link);
    if (!c->release) return;
    bide__current = &own;
    c->release(c->arg);
    bide__coroutine_clear(&own);
    bide__current = outer;
}

BIDE__JS_EXPORT("bide__js_callback_collected") void bide__js_callback_collected(struct callback *c) {
    callback_release(c);
    bide__free(c, sizeof *c);
}

static int callback_gone(const bide_value *args, size_t n, void *arg) {
    BIDE__TEXT(gone, "the program ends, and has released this function");
    return (void)args, (void)n, (void)arg, BIDE__FAIL(BIDE_ERUNTIME, gone);
}

/* The program ends. What else runs at its end may still call them, so they stay. */
static void callbacks_end(void) {
    while (callbacks.next && !bide__list_empty(&callbacks)) {
        struct callback *c = (struct callback *)((char *)callbacks.next - offsetof(struct callback, link));
        callback_release(c);
        c->fn = callback_gone;
    }
}

static bool callbacks_begin(void) {
    if (callbacks.next) return true;
    if (atexit(callbacks_end) != 0) return false;
    bide__list_init(&callbacks);
    return true;
}

/* With a function of JavaScript, or an ERROR, in `v`; false: no memory. */
static bool callback_make(struct callback *c, const char *signature, bide_value *v) {
    bide__coroutine *caller = bide__js_leave();
    const bool is_there = js_callback_new(signature, c, &c->count, v);
    bide__js_back(caller);
    return is_there;
}

int bide_js_function(const char *signature, bide_js_fn *fn, void *arg, void (*release)(void *arg), bide_value *out) {
    BIDE__TEXT(none, "bide_js_function: there is no function to call: it is NULL");
    bide_value v;
    struct callback *c = callbacks_begin() ? bide__alloc(sizeof *c) : NULL;
    bide__out_none(out);
    if (!c) return bide__fail_plain(BIDE_ENOMEM);
    if (!fn) return bide__free(c, sizeof *c), BIDE__FAIL(BIDE_EVALUE, none);
    *c = (struct callback){ .typed = { .part = &bide__function_part }, .fn = fn, .arg = arg, .release = release };
    const bool is_there = callback_make(c, signature, &v);
    if (is_there && v.kind == BIDE_JS) bide__list_add(&callbacks, &c->link);
    else bide__free(c, sizeof *c);
    return bide__outcome_end(is_there, v, out);
}
