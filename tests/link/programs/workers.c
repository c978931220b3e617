/* workers.c -- tasks that suspend deep in calls, print numbers on a small stack, and sort by a comparison that sleeps. */
#include <bide.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SMALL_STACK = 2048 };      /* printf("%g") alone takes four times as much, were it not for the shared stack */

static int slow_compare(const void *a, const void *b) {
    bide_ignore(bide_sleep(0.001));
    return *(const int *)a - *(const int *)b;
}

static int step(int worker, int i) {
    BIDE_TRY(bide_sleep(0.01 * worker));
    printf("worker %d: %g\n", worker, i + worker / 8.0);
    return 0;
}

static int work(void *arg) {
    int worker = (int)(intptr_t)arg, numbers[] = { 3, 1, 2 };
    for (int i = 1; i <= 2; i++) BIDE_TRY(step(worker, i));
    qsort(numbers, 3, sizeof *numbers, slow_compare);
    printf("worker %d: %d %d %d\n", worker, numbers[0], numbers[1], numbers[2]);
    return 0;
}

static int all_workers(void *arg) {
    (void)arg;
    bide_future *workers[2];
    for (int i = 0; i < 2; i++)
        workers[i] = bide_create_task_with(&(bide_task_options){ .stack_size = SMALL_STACK }, work, (void *)(intptr_t)(i + 1));
    return bide_gather_join(workers, 2, false, NULL);
}

BIDE_EXPORT int twice(int n) {
    BIDE_TRY(bide_sleep(1.0));
    return 2 * n;
}

int main(void) { return bide_main(all_workers, NULL); }
