/* The only child adds a task in its last step; the exit waits for that, too. */
#include "conformance.h"

static int leaf(void *arg) {
    say("leaf %d", now());
    return 0;
}

static int adder(void *tg) {
    BIDE_TRY(bide_sleep(3));
    return bide_task_group_create_task(tg, leaf, NULL) ? 0 : bide_last_error();
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, adder, &tg);
    BIDE_TRY(bide_task_group_exit(&tg, 0));
    say("out %d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
