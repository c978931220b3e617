/* greet.c -- typed functions: their signatures are TypeScript, and check and convert what JavaScript passes. */
#include <bide.h>
#include <bide/js.h>

/** Greets somebody, after a while. */
BIDE_FUNCTION(greet, "(name: string, times?: number): Promise<string>") {
    BIDE_TRY(bide_sleep(0.1));
    return bide_return_text("hello %s, %g times", args[0].bytes, args[1].kind == BIDE_NONE ? 1 : args[1].f64);
}

/** The area of a rectangle. There is no Promise in the signature, so it is a synchronous call. */
BIDE_FUNCTION(area, "(w: number, h: number): number") { return bide_return_f64(args[0].f64 * args[1].f64); }
