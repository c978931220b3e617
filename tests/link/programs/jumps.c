/* jumps.c -- two tasks that jump back to an outer function, deep in calls and after suspensions. */
#include <bide.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static int fall(jmp_buf env, int depth, int worker) {
    const int rc = depth > 0 ? fall(env, depth - 1, worker) : bide_sleep(0.01 * worker);
    if (depth == 0 && rc == 0) longjmp(env, worker);
    return rc;
}

static int work(void *arg) {
    const int worker = (int)(intptr_t)arg;
    volatile int times = 0;
    jmp_buf env;
    const int value = setjmp(env);
    if (value != 0) printf("worker %d: %d\n", value, times);
    BIDE_TRY(bide_sleep(0.01));
    return times++ < 2 ? fall(env, 5, worker) : 0;
}

static int all_workers(void *arg) {
    (void)arg;
    bide_future *workers[2];
    for (int i = 0; i < 2; i++) workers[i] = bide_create_task(work, (void *)(intptr_t)(i + 1));
    return bide_gather_join(workers, 2, false, NULL);
}

int main(void) { return bide_main(all_workers, NULL); }
