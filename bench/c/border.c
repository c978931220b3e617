/* border.c -- what C and JavaScript pass to each other: numbers, texts, items, values. in_border.js measures it. */
#include <bide.h>
#include <bide/js.h>

/* What JavaScript calls without anything of bide. */
__attribute__((export_name("raw_add"))) double raw_add(double a, double b);
double raw_add(double a, double b) { return a + b; }

BIDE_FUNCTION(add, "(a: number, b: number): number") { return bide_return_f64(args[0].f64 + args[1].f64); }
BIDE_FUNCTION(add_later, "(a: number, b: number): Promise<number>") { return bide_return_f64(args[0].f64 + args[1].f64); }
BIDE_FUNCTION(same_text, "(text: string): string") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same, "(value: any): any") { return bide_return_value(bide_value_copy(args[0])); }

BIDE_FUNCTION(items, "(count: number): AsyncGenerator<number>") {
    for (int i = 0; i < (int)args[0].f64; i++) BIDE_TRY(bide_yield(bide_f64(i), NULL));
    return 0;
}

/* Calls `fn` so many times with two numbers. */
BIDE_FUNCTION(call, "(fn: any, count: number): number") {
    double sum = 0;
    for (int i = 0; i < (int)args[1].f64; i++) {
        bide_value answer;
        BIDE_TRY(bide_js_call(args[0], (bide_value[]){ bide_f64(i), bide_f64(2) }, 2, &answer));
        sum += answer.f64;
        bide_value_clear(&answer);
    }
    return bide_return_f64(sum);
}

/* Waits so many times for what `fn` promises. */
BIDE_FUNCTION(wait, "(fn: any, count: number): Promise<number>") {
    double sum = 0;
    for (int i = 0; i < (int)args[1].f64; i++) {
        bide_value promise, answer;
        BIDE_TRY(bide_js_call(args[0], NULL, 0, &promise));
        const int rc = bide_js_await(promise, &answer);
        bide_value_clear(&promise);
        if (rc != 0) return rc;
        sum += answer.f64;
        bide_value_clear(&answer);
    }
    return bide_return_f64(sum);
}
