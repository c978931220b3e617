/* callbacks.c -- functions that C gives to JavaScript. */
#include <bide.h>
#include <bide/js.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int released;

static void on_release(void *arg) {
    released++;
    fprintf(stderr, "released %s\n", (const char *)arg);
    free(arg);
}

static int sum(const bide_value *args, size_t n, void *arg) {
    double all = 0;
    (void)arg;
    for (size_t i = 0; i < n; i++) all += args[i].f64;
    return bide_return_f64(all);
}

/* What it was given, in words. */
static int tell(const bide_value *args, size_t n, void *arg) {
    const int first = n > 0 ? (int)args[0].kind : -1;
    const size_t more = n > 0 && args[n - 1].kind == BIDE_LIST ? args[n - 1].count : 0;
    return bide_return_text("%s: %zu, the first of kind %d, %zu more", (const char *)arg, n, first, more);
}

/* Calls what it is given, and hands its error on. */
static int call(const bide_value *args, size_t n, void *arg) {
    bide_value v;
    (void)n, (void)arg;
    BIDE_TRY(bide_js_call(args[0], NULL, 0, &v));
    return bide_return_value(v);
}

static int wait(const bide_value *args, size_t n, void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(args[0].f64));
    return n > 1 ? bide_return_value(bide_value_copy(args[1])) : 0;
}

static int fail(const bide_value *args, size_t n, void *arg) {
    (void)args, (void)n, (void)arg;
    return bide_raise(BIDE_EKEY, "no such key");
}

static int trap(const bide_value *args, size_t n, void *arg) {
    (void)args, (void)n, (void)arg;
    __builtin_trap();
}

static int end(const bide_value *args, size_t n, void *arg) {
    (void)args, (void)n, (void)arg;
    exit(3);
}

/* Items and what is sent, until it is closed. */
static int count(const bide_value *args, size_t n, void *arg) {
    (void)n;
    for (double i = 0; i < args[0].f64; i++) {
        const int rc = bide_yield(bide_f64(i), NULL);
        if (rc != 0) fprintf(stderr, "%s closed by %s\n", (const char *)arg, bide_error_name(rc));
        BIDE_TRY(rc);
    }
    return 0;
}

static bide_js_fn *named(const char *what) {
    static const struct { const char *name; bide_js_fn *fn; } all[] = {
        { "sum", sum }, { "tell", tell }, { "call", call }, { "wait", wait }, { "fail", fail }, { "trap", trap }, { "end", end }, { "count", count },
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, what) == 0) return all[i].fn;
    return NULL;
}

BIDE_FUNCTION(make, "(what: string, signature: string): any") {
    char *name = strdup(args[0].bytes);
    bide_value out;
    if (!name) return BIDE_ENOMEM;
    const int rc = bide_js_function(args[1].bytes, named(args[0].bytes), name, on_release, &out);
    if (rc != 0) free(name);
    BIDE_TRY(rc);
    return bide_return_value(out);
}

/* Without anything to release, and without anybody who wants it. */
BIDE_FUNCTION(make_many, "(n: number): void") {
    for (int i = 0; i < (int)args[0].f64; i++) BIDE_TRY(bide_js_function("(a: number): number", sum, NULL, NULL, NULL));
    return 0;
}

BIDE_FUNCTION(released_count, "(): number") { return bide_return_f64(released); }

BIDE_FUNCTION(mapped, "(items: any): any") {
    bide_value add, out;
    BIDE_TRY(bide_js_function("(a: number, b: number): number", sum, NULL, NULL, &add));
    const int rc = bide_js_call_method(args[0], "map", &add, 1, &out);
    bide_value_clear(&add);
    BIDE_TRY(rc);
    return bide_return_value(out);
}

/* Takes all memory that there is. */
BIDE_FUNCTION(fill, "(): void") {
    for (size_t size = 1 << 24; size >= 16; size /= 2)
        for (volatile char *p; (p = malloc(size)) != NULL;) *p = 1;
    return 0;
}

int main(void) {
    bide_value f;
    BIDE_TRY(bide_js_function("(): void", sum, strdup("main's"), on_release, &f));
    bide_value_clear(&f);
    return 0;
}
