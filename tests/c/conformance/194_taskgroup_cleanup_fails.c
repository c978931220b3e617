/* A child that fails in its clean-up adds its error to that of the child that made the group end. */
#include "conformance.h"

static int bad(void *arg) {
    BIDE_TRY(bide_sleep(5));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int job(void *arg) {
    int rc = bide_sleep(50);
    if (rc != BIDE_ECANCELED) return rc;
    BIDE_TRY(bide_sleep(2));
    return bide_raise(BIDE_EKEY, NULL);
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, job, NULL);
    bide_task_group_create_task(&tg, bad, NULL);
    int rc = bide_task_group_exit(&tg, 0);
    if (rc == BIDE_EGROUP) say("%s %d", xn(rc), now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
