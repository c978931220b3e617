/* values.c -- what values of JavaScript are in C: each kind, lists, and objects that stay where they are. */
#include <bide.h>
#include <bide/js.h>

/** The kind that a value has in C. */
BIDE_FUNCTION(kind, "(value: any): string") {
    switch (args[0].kind) {
    case BIDE_NONE: return bide_return_text("NONE");
    case BIDE_F64: return bide_return_text("F64 %g", args[0].f64);
    case BIDE_I64: return bide_return_text("I64 %lld", (long long)args[0].i64);
    case BIDE_BOOL: return bide_return_text("BOOL %s", args[0].i64 ? "true" : "false");
    case BIDE_TEXT: return bide_return_text("TEXT of %zu bytes: %s", args[0].size, args[0].bytes);
    case BIDE_BYTES: return bide_return_text("BYTES, %zu of them", args[0].size);
    default: return bide_return_text("JS, %s", bide_js_is(args[0], "function") ? "a function" : "an object");
    }
}

/** The first and the last, or nothing. A list of C is an array of JavaScript. */
BIDE_FUNCTION(ends, "(numbers: number[]): number[] | undefined") {
    const bide_value *first = args[0].items;
    bide_value both[2];
    if (args[0].size == 0) return 0;
    both[0] = first[0], both[1] = first[args[0].size - 1];
    return bide_return_list(both, 2);
}

/** Counts an object's property up. C sees the very object, and not a copy. */
BIDE_FUNCTION(count_up, "(counter: { count: number }): void") {
    BIDE_AUTO_VALUE bide_value count = { 0 };
    BIDE_TRY(bide_js_get(args[0], "count", &count));
    if (count.kind != BIDE_F64) return bide_raise(BIDE_ETYPE, "the count is no number");
    return bide_js_set(args[0], "count", bide_f64(count.f64 + 1));
}
