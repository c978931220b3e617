/* A child of the outer group fails while the parent waits for the inner one: CancelledError leaves the inner, the error the outer. */
#include "conformance.h"

static int bad(void *arg) {
    BIDE_TRY(bide_sleep(2));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int job(void *arg) {
    int rc = bide_sleep(50);
    say("inner job out %d", now());
    return rc;
}

static int body(bide_task_group *o) {
    bide_task_group_create_task(o, bad, NULL);
    bide_task_group i = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&i));
    bide_task_group_create_task(&i, job, NULL);
    int rc = bide_task_group_exit(&i, 0);
    if (rc != 0) say("inner %s %d", xn(rc), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int async_main(void *arg) {
    bide_task_group o = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&o));
    int rc = body(&o);
    rc = bide_task_group_exit(&o, rc);
    if (rc != 0) say("outer %s %d %d", xn(rc), bide_task_cancelling(bide_current_task()), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
