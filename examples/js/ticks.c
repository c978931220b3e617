/* ticks.c -- generators: JavaScript loops over what C yields, and C over what is iterable in JavaScript. */
#include <bide.h>
#include <bide/js.h>
#include <stdio.h>

/** Counts to `count`, with a pause of `period` seconds before each number. */
BIDE_FUNCTION(ticks, "(period: number, count: number): AsyncGenerator<number>") {
    for (int i = 1; i <= (int)args[1].f64; i++) {
        BIDE_TRY(bide_sleep(args[0].f64));
        BIDE_TRY(bide_yield(bide_f64(i), NULL));
    }
    return 0;
}

static int beat(double period) {
    for (int i = 1;; i++) {
        BIDE_TRY(bide_yield(bide_f64(i), NULL));
        BIDE_TRY(bide_sleep(period));
    }
}

/** Counts until JavaScript leaves its loop. Then bide_yield answers a code, and the clean-up runs. */
BIDE_FUNCTION(beats, "(period: number): AsyncGenerator<number>") {
    const int rc = beat(args[0].f64);
    printf("C: %s, cleaning up\n", bide_error_name(rc));
    return rc;
}

/** The first powers of two. A plain generator has no task, and can't wait. */
BIDE_FUNCTION(powers, "(count: number): Generator<bigint>") {
    for (int i = 0; i < (int)args[0].f64; i++) BIDE_TRY(bide_yield(bide_i64((int64_t)1 << i), NULL));
    return 0;
}

/** The sum of numbers that JavaScript has, or will have: an array, a generator, a stream. */
BIDE_FUNCTION(sum, "(numbers: Iterable<number> | AsyncIterable<number>): Promise<number>") {
    BIDE_AUTO_GENERATOR bide_generator *numbers = NULL;
    double total = 0;
    BIDE_TRY(bide_js_iterate(args[0], &numbers));
    BIDE_FOR_EACH(number, numbers) total += number.f64;
    return bide_return_f64(total);
}
