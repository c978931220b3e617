/* barrier.c -- a meeting point: nobody goes on before everybody has come, again and again.
 *
 *     barrier = asyncio.Barrier(3)
 *     position = await barrier.wait()
 *
 * Three walkers of different speed meet twice. The last to come to a meeting is
 * told position 2, and prints for all. Then the barrier is broken for good.
 */
#include <bide.h>
#include <stdio.h>

enum { WALKERS = 3, MEETINGS = 2 };

static bide_barrier barrier;

static double start;

static double elapsed(void) { return bide_loop_time(NULL) - start; }

static int walk(void *arg) {
    const int pace = *(const int *)arg;
    for (int i = 1; i <= MEETINGS; i++) {
        int position;
        BIDE_TRY(bide_sleep(pace));
        printf("walker %d is there at %.0f\n", pace, elapsed());
        BIDE_TRY(bide_barrier_wait(&barrier, &position));
        if (position == WALKERS - 1) printf("meeting %d at %.0f\n", i, elapsed());
    }
    return 0;
}

static int wait_in_vain(void *arg) {
    const int rc = bide_barrier_wait(&barrier, NULL);
    (void)arg;
    if (rc != BIDE_EBROKEN) return rc;
    printf("gave up: %s\n", bide_error_name(rc));
    return 0;
}

static int async_main(void *arg) {
    bide_task_group walkers = BIDE_TASK_GROUP_INIT, late = BIDE_TASK_GROUP_INIT;
    (void)arg;
    start = bide_loop_time(NULL);
    BIDE_TRY(bide_barrier_init(&barrier, WALKERS));
    BIDE_WITH_TASK_GROUP(&walkers) {
        for (int pace = 1; pace <= WALKERS; pace++)
            bide_task_group_create_task_copy(&walkers, walk, BIDE_ARGS(int, pace));
    }

    BIDE_WITH_TASK_GROUP(&late) {
        bide_task_group_create_task(&late, wait_in_vain, NULL);
        BIDE_TRY(bide_sleep(1));
        BIDE_TRY(bide_barrier_abort(&barrier));
    }
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
