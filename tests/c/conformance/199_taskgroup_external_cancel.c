/* A parent cancelled at the exit of its group cancels the children, waits for their clean-up, and ends as cancelled. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    BIDE_TRY(bide_sleep(2));
    say("job out %d", now());
    return rc;
}

static int parent(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, job, NULL);
    int rc = bide_task_group_exit(&tg, 0);
    if (rc != 0) say("parent %s %d %d", xn(rc), now(), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(parent, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
