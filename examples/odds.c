/* odds.c -- a generator: a function that hands out values, one whenever it is asked.
 *
 *     def odds(first, last):
 *         for odd in range(first, last + 1, 2):
 *             yield odd
 *
 *     few = odds(3, 5)
 *     print(next(few)); print(next(few))
 *     list(odds(7, 13))
 *     for odd in odds(3, 21): ...
 *
 * It has a stack of its own, so it may yield at any depth of calls. Nothing here
 * waits, so no loop is needed.
 */
#include <bide.h>
#include <stdio.h>

struct range { int first, last; };

static int odds(void *arg) {
    const struct range *range = arg;
    for (int odd = range->first; odd <= range->last; odd += 2) BIDE_TRY(bide_yield(bide_i64(odd), NULL));
    return 0;
}

/* Ask by hand: there are two values, and then none any more. */
static int ask(void) {
    BIDE_AUTO_GENERATOR bide_generator *few = bide_generator_new(odds, &(struct range){ 3, 5 });
    bide_value odd;
    BIDE_TRY(bide_generator_next(few, &odd));
    printf("%d\n", (int)odd.i64);
    BIDE_TRY(bide_generator_next(few, &odd));
    printf("%d\n", (int)odd.i64);
    if (bide_generator_next(few, &odd) == BIDE_ESTOP) puts("end");
    return 0;
}

static int collect(void) {
    BIDE_AUTO_GENERATOR bide_generator *some = bide_generator_new(odds, &(struct range){ 7, 13 });
    int list[4], n = 0;
    BIDE_FOR_EACH(odd, some) list[n++] = (int)odd.i64;
    for (int i = 0; i < n; i++) printf(i < n - 1 ? "%d " : "%d\n", list[i]);
    return 0;
}

static int loop_over(void) {
    BIDE_AUTO_GENERATOR bide_generator *many = bide_generator_new(odds, &(struct range){ 3, 21 });
    BIDE_FOR_EACH(odd, many) printf(odd.i64 < 21 ? "%d " : "%d\n", (int)odd.i64);
    return 0;
}

static int run(void) {
    BIDE_TRY(ask());
    BIDE_TRY(collect());
    BIDE_TRY(loop_over());
    return 0;
}

int main(void) {
    const int rc = run();
    if (rc != 0) fprintf(stderr, "%s: %s\n", bide_error_name(rc), bide_last_message());
    return rc == 0 ? 0 : 1;
}
