/* Eight tasks sleep until the same instant. */
#include "conformance.h"

static int sleeper(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(5));
    say("woke %d %d", k, now());
    return 0;
}

static int async_main(void *arg) {
    bide_task *sleepers[8];
    for (int k = 0; k < 8; k++) sleepers[k] = bide_create_task_copy(sleeper, BIDE_ARGS(int, k));
    BIDE_TRY(bide_gather_join(sleepers, 8, false, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
