/* What the current task is in a task and in a callback, and how many tasks are not done. */
#include "conformance.h"

static int cb(void *arg) {
    say("callback current %d %zu", bide_current_task() == NULL, bide_all_tasks(NULL, NULL, 0));
    return 0;
}

static int child(void *arg) {
    say("child current is main %d", bide_current_task() == arg);
    return bide_sleep(1);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(child, bide_current_task());
    bide_loop_call_soon(NULL, cb, NULL);
    say("%zu", bide_all_tasks(NULL, NULL, 0));
    BIDE_TRY(bide_await(t, NULL));
    say("%zu", bide_all_tasks(NULL, NULL, 0));
    return 0;
}

int main(void) { return conformance_run(main_task); }
