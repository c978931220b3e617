/* cancel.c -- counters that the page starts, and cancels by a button.
 *
 * Every call of count() from JavaScript is a task. The AbortSignal that came
 * with the call cancels it: bide_sleep() then returns BIDE_ECANCELED, and the
 * task may take its time to clean up before it ends.
 */
#include <bide.h>
#include <stdio.h>

/* counted(counter, count): a function of the page, which shows the number. */
BIDE_IMPORT("counted") void counted(int counter, int count);

/* Suspends, as any clean-up may; the other counters go on meanwhile. */
static int clean_up(int counter) {
    printf("counter %d: cleaning up\n", counter);
    BIDE_TRY(bide_sleep(0.6));
    printf("counter %d: clean-up done\n", counter);
    return 0;
}

/* Counts until it is cancelled. */
BIDE_EXPORT int count(int counter) {
    printf("counter %d: started\n", counter);
    int rc, n = 0;
    while ((rc = bide_sleep(0.1)) == 0) counted(counter, ++n);

    printf("counter %d: %s at %d\n", counter, bide_error_name(rc), n);
    BIDE_TRY(clean_up(counter));
    return rc;
}
