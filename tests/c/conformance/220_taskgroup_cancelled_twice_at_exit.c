/* A parent cancelled twice while its child cleans up: the second request doesn't reach the child. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    say("cleanup %d", now());
    BIDE_TRY(bide_sleep(10));
    say("cleaned %d", now());
    return rc;
}

static int parent(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, job, NULL);
    int rc = bide_task_group_exit(&tg, 0);
    if (rc != 0) say("parent %s %d %d", xn(rc), bide_task_cancelling(bide_current_task()), now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(parent, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d %d", st(t), bide_task_cancelling(t), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
