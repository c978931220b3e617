/* A parent is cancelled; its child swallows the cancellation and returns. CancelledError leaves the group all the same. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    if (rc != BIDE_ECANCELED) BIDE_TRY(rc);
    return bide_return_i64(4);
}

static int parent(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    BIDE_AUTO bide_task *a = bide_retain(bide_task_group_create_task(&tg, job, NULL));
    int rc = bide_task_group_exit(&tg, 0);
    if (rc != 0) say("parent %s %s", xn(rc), st(a));
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
