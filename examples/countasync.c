/* countasync.c -- three coroutines at once: three times a second is still a second.
 *
 *     await asyncio.gather(count(), count(), count())
 */
#include <bide.h>
#include <stdio.h>

static int count(void *arg) {
    (void)arg;
    puts("One");
    BIDE_TRY(bide_sleep(1.0));
    puts("Two");
    return 0;
}

static int async_main(void *arg) {
    double start = bide_loop_time(NULL);
    (void)arg;
    BIDE_TRY(bide_gather_join(BIDE_FUTURES(bide_create_task(count, NULL),
                                           bide_create_task(count, NULL),
                                           bide_create_task(count, NULL)), false, NULL));
    printf("countasync executed in %.2f seconds.\n", bide_loop_time(NULL) - start);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
