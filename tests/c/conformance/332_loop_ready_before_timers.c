/* As long as a task spins its turns the virtual clock stands, so the sleeper comes last. */
#include "conformance.h"

static int spin(void *arg) {
    int n = *(int *)arg;
    for (int i = 0; i < n; i++) {
        say("spin %d %d", i, now());
        BIDE_TRY(bide_sleep(0));
    }
    return 0;
}

static int sleeper(void *arg) {
    BIDE_TRY(bide_sleep(1));
    say("slept %d", now());
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task(sleeper, NULL);
    BIDE_AUTO bide_task *b = bide_create_task_copy(spin, BIDE_ARGS(int, 4));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
