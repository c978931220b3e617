/* greet.c -- typed functions: their signatures are TypeScript, and check and convert what JavaScript passes. */
#include <bide.h>
#include <bide/js.h>

/** Greets somebody, after a while. */
BIDE_FUNCTION(greet, "(name: string, times?: number): Promise<string>") {
    BIDE_TRY(bide_sleep(0.1));
    return bide_return_text("hello %s, %g times", args[0].bytes, args[1].kind == BIDE_NONE ? 1 : args[1].f64);
}

/** Counts to `count`, with a pause of `period` seconds before each number. */
BIDE_FUNCTION(ticks, "(period: number, count: number): AsyncGenerator<number>") {
    for (int i = 1; i <= (int)args[1].f64; i++) {
        BIDE_TRY(bide_sleep(args[0].f64));
        BIDE_TRY(bide_yield(bide_f64(i), NULL));
    }
    return 0;
}

/** The area of a rectangle. There is no Promise in the signature, so it is a synchronous call. */
BIDE_FUNCTION(area, "(w: number, h: number): number") { return bide_return_f64(args[0].f64 * args[1].f64); }

/** The length of what `url` answers. C calls fetch itself. */
BIDE_FUNCTION(length, "(url: string): Promise<number>") {
    BIDE_AUTO_VALUE bide_value fetch = { 0 }, promise = { 0 }, response = { 0 }, body = { 0 }, text = { 0 };
    BIDE_TRY(bide_js_global("fetch", &fetch));
    BIDE_TRY(bide_js_call(fetch, args, 1, &promise));
    BIDE_TRY(bide_js_await(promise, &response));
    BIDE_TRY(bide_js_call_method(response, "text", NULL, 0, &body));
    BIDE_TRY(bide_js_await(body, &text));
    return bide_return_f64((double)text.size);
}
