/* semaphore.c -- ten workers, but no more than three at a time.
 *
 *     semaphore = asyncio.Semaphore(3)
 *     async with semaphore:
 *         ...
 *
 * Worker N needs 1 + N mod 3 seconds.
 */
#include <bide.h>
#include <stdio.h>

enum { WORKERS = 10, AT_ONCE = 3 };

static bide_semaphore semaphore;
static int active, most_active;

static double start;

static double elapsed(void) { return bide_loop_time(NULL) - start; }

static int worker(void *arg) {
    const int number = *(const int *)arg;
    BIDE_GUARD_SEMAPHORE(&semaphore);
    if (++active > most_active) most_active = active;
    printf("worker %d begins at %.0f\n", number, elapsed());
    BIDE_TRY(bide_sleep(1 + number % 3));
    active--;
    return 0;
}

static int async_main(void *arg) {
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    (void)arg;
    start = bide_loop_time(NULL);
    BIDE_TRY(bide_semaphore_init(&semaphore, AT_ONCE));
    BIDE_WITH_TASK_GROUP(&group) {
        for (int number = 0; number < WORKERS; number++)
            bide_task_group_create_task_copy(&group, worker, BIDE_ARGS(int, number));
    }
    printf("done at %.0f, never more than %d at once\n", elapsed(), most_active);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
