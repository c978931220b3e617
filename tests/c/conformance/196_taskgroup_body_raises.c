/* An error of the body cancels the children and leaves as a member of a group. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    say("job out %d", now());
    return rc;
}

static int body(bide_task_group *tg) {
    bide_task_group_create_task(tg, job, NULL);
    BIDE_TRY(bide_sleep(3));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    int rc = body(&tg);
    rc = bide_task_group_exit(&tg, rc);
    if (rc == BIDE_EGROUP) say("%s %d", xn(rc), now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
