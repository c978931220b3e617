/* A parent is cancelled in the body of its group: the body ends, the children are cancelled, and CancelledError leaves. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    say("job out %d", now());
    return rc;
}

static int body(bide_task_group *tg) {
    bide_task_group_create_task(tg, job, NULL);
    int rc = bide_sleep(20);
    say("body out %d", now());
    return rc;
}

static int parent(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    int rc = body(&tg);
    rc = bide_task_group_exit(&tg, rc);
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
