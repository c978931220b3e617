/* The body fails before its child's first step, which never comes. */
#include "conformance.h"

static int job(void *arg) {
    say("never");
    return 0;
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    BIDE_AUTO bide_task *t = bide_retain(bide_task_group_create_task(&tg, job, NULL));
    int rc = bide_raise(BIDE_EVALUE, NULL);
    rc = bide_task_group_exit(&tg, rc);
    if (rc == BIDE_EGROUP) say("%s %s", xn(rc), st(t));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
