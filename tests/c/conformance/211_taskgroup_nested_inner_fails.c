/* The error of an inner group becomes a member of the outer one, as a group in a group. */
#include "conformance.h"

static int bad(void *arg) {
    BIDE_TRY(bide_sleep(2));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int job(void *arg) {
    int rc = bide_sleep(50);
    say("outer job out %d", now());
    return rc;
}

static int body(bide_task_group *o) {
    bide_task_group_create_task(o, job, NULL);
    bide_task_group i = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&i));
    bide_task_group_create_task(&i, bad, NULL);
    return bide_task_group_exit(&i, 0);
}

static int async_main(void *arg) {
    bide_task_group o = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&o));
    int rc = body(&o);
    rc = bide_task_group_exit(&o, rc);
    if (rc == BIDE_EGROUP) say("%s %d", xn(rc), now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
