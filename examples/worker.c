/* worker.c -- the first of several tasks wins, the others are cancelled.
 *
 *     done, pending = await asyncio.wait(tasks, timeout=2, return_when=asyncio.FIRST_COMPLETED)
 *     for task in pending:
 *         task.cancel()
 *
 * The workers take 1, 2 and 3 seconds; with --random SEED anything up to 3.
 */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 3 };

struct work { int number; double seconds; };

static int worker(void *arg) {
    const struct work *work = arg;
    printf("Worker %d started\n", work->number);
    BIDE_TRY(bide_sleep(work->seconds));
    printf("Worker %d finished\n", work->number);
    return 0;
}

static int first_wins(bide_task *const *tasks) {
    size_t done;
    BIDE_TRY(bide_wait(tasks, WORKERS, 2.0, BIDE_FIRST_COMPLETED, &done));
    printf("%zu tasks are done.\n", done);
    printf("%zu tasks are pending.\n", WORKERS - done);
    for (int i = 0; i < WORKERS; i++) {
        if (!bide_future_done(tasks[i])) bide_task_cancel(tasks[i]);
    }
    return 0;
}

static int async_main(void *arg) {
    const bool *random = arg;
    bide_task *tasks[WORKERS];
    int rc;
    for (int i = 0; i < WORKERS; i++) {
        const double seconds = *random ? 3.0 * rand() / RAND_MAX : i + 1;
        tasks[i] = bide_create_task_copy(worker, BIDE_ARGS(struct work, i, seconds));
    }
    rc = first_wins(tasks);
    bide_release_all(tasks, WORKERS);
    return rc;
}

int main(int argc, char **argv) {
    bool random = argc == 3 && strcmp(argv[1], "--random") == 0;
    if (argc > 1 && !random) {
        fprintf(stderr, "usage: %s [--random SEED]\n", argv[0]);
        return 2;
    }
    if (random) srand((unsigned)strtoul(argv[2], NULL, 10));
    return bide_main(async_main, &random);
}
