/* bad_input.c -- functions that are called as they should not be. */
#include <bide.h>
#include <bide/js.h>
#include <stdlib.h>

BIDE_FUNCTION(number, "(value: number): number") { return bide_return_f64(args[0].f64); }
BIDE_FUNCTION(text, "(value: string): string") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(bytes, "(value: Uint8Array): number") { return bide_return_f64((double)args[0].size); }
BIDE_FUNCTION(texts, "(...values: string[]): number") { return bide_return_f64((double)args[0].count); }
BIDE_FUNCTION(any, "(value: any): any") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(later, "(value: string, seconds?: number): Promise<string>") {
    BIDE_TRY(bide_sleep(args[1].f64));
    return bide_return_value(bide_value_copy(args[0]));
}
BIDE_FUNCTION(count, "(n: number): AsyncGenerator<number>") {
    for (double i = 0; i < args[0].f64; i++) BIDE_TRY(bide_yield(bide_f64(i), NULL));
    return 0;
}
BIDE_FUNCTION(text_of, "(value: any): any") {
    bide_value v;
    BIDE_TRY(bide_js_text(args[0], &v));
    return bide_return_value(v);
}
BIDE_FUNCTION(property, "(value: any): any") {
    bide_value v;
    BIDE_TRY(bide_js_get(args[0], "x", &v));
    return bide_return_value(v);
}

/* What the import `give` gives, awaited. */
BIDE_FUNCTION(asks, "(value?: any): Promise<any>") {
    BIDE_AUTO_VALUE bide_value give = { 0 }, given = { 0 };
    bide_value v;
    BIDE_TRY(bide_js_import("give", &give));
    BIDE_TRY(bide_js_call(give, args, 1, &given));
    BIDE_TRY(bide_js_await(given, &v));
    return bide_return_value(v);
}

/* A value after its end, and what it was a copy of. */
BIDE_FUNCTION(cleared, "(value: any): string") {
    bide_value copy = bide_value_copy(args[0]), v;
    bide_value_clear(&copy);
    const int rc = bide_js_call(copy, NULL, 0, &v);
    bide_value_clear(&copy);
    if (v.kind != BIDE_NONE || bide_js_is(copy, "function") || !bide_js_is(args[0], "function")) return BIDE_ESTATE;
    return bide_return_text("%s: %s", bide_error_name(rc), bide_message_of(rc));
}

/* The memory grows between the argument and the result. */
BIDE_FUNCTION(grows, "(value: string, fn: () => void): string") {
    static void *kept[16];
    for (int i = 0; i < 16; i++) kept[i] = malloc(1 << 20);
    BIDE_TRY(bide_js_call(args[1], NULL, 0, NULL));
    for (int i = 0; i < 16; i++) free(kept[i]);
    return bide_return_value(bide_value_copy(args[0]));
}

/* Takes all memory that there is. */
BIDE_FUNCTION(fill, "(): void") {
    for (size_t size = 1 << 26; size >= 8; size /= 2)
        for (volatile char *p; (p = malloc(size)) != NULL;) *p = 1;
    return 0;
}
