/* agen.c -- an asynchronous generator: it waits between its values, and the task that loops over it waits with it.
 *
 *     async def ticker(every):
 *         try:
 *             for n in itertools.count(1):
 *                 await asyncio.sleep(every)
 *                 yield n
 *         finally:
 *             print("cleaned up")
 *
 *     async for n in ticks: ...
 *     await ticks.aclose()
 *
 * Closing the generator makes its bide_yield answer BIDE_EEXIT. The function then
 * cleans up and returns.
 */
#include <bide.h>
#include <stdio.h>

static int tick_forever(double every) {
    for (int n = 1;; n++) {
        BIDE_TRY(bide_sleep(every));
        BIDE_TRY(bide_yield(bide_i64(n), NULL));
    }
}

static int ticker(void *every) {
    const int rc = tick_forever(*(const double *)every);
    puts("cleaned up");
    return rc;
}

static int async_main(void *arg) {
    const double start = bide_loop_time(NULL);
    BIDE_AUTO_GENERATOR bide_generator *ticks = bide_async_generator_new(ticker, &(double){ 0.5 });
    (void)arg;
    BIDE_FOR_EACH(n, ticks) {
        printf("tick %d at %.2f\n", (int)n.i64, bide_loop_time(NULL) - start);
        if (n.i64 == 3) break;
    }
    return bide_generator_close(ticks);
}

int main(void) { return bide_main(async_main, NULL); }
