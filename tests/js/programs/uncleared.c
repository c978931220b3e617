/* uncleared.c -- values of JavaScript that it clears, and others. */
#include <bide.h>
#include <bide/js.h>

BIDE_JAVASCRIPT(later, "(): Promise<any[]>", "await null; return [{}, 1, {}];"); /* LATER */

static int on_call(const bide_value *args, size_t n, void *arg) {
    (void)n;
    *(bide_value *)arg = bide_value_copy(args[0]);
    return bide_js_object(NULL);
}

static int promised(bide_value *out) {
    BIDE_AUTO_VALUE bide_value promise = { 0 }, resolve = { 0 }, object = { 0 };
    BIDE_TRY(bide_js_object(&object));
    BIDE_TRY(bide_js_global("Promise", &resolve));
    BIDE_TRY(bide_js_call_method(resolve, "resolve", &object, 1, &promise));
    return bide_js_await(promise, out); /* AWAIT */
}

/* What it calls calls C again. */
static int nested(bide_value *out) {
    static bide_value kept;
    BIDE_AUTO_VALUE bide_value array = { 0 }, f = { 0 };
    BIDE_TRY(bide_js_array(&array));
    BIDE_TRY(bide_js_set_index(array, 0, bide_f64(1)));
    BIDE_TRY(bide_js_function("(item: any): void", on_call, &kept, NULL, &f));
    return bide_js_call_method(array, "map", &f, 1, out); /* NESTED */
}

static int run(void *arg) {
    static bide_value left[6];
    (void)arg;
    for (int i = 0; i < 3; i++) BIDE_TRY(bide_js_global("Math", &left[i])); /* MATH */
    bide_value_clear(&left[0]);
    BIDE_TRY(promised(&left[3]));
    BIDE_TRY(later(NULL, 0, &left[4]));
    return nested(&left[5]);
}

int main(void) { return bide_main(run, NULL); }
