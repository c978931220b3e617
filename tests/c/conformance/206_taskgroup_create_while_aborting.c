/* A child may add no task once its group is shutting down. */
#include "conformance.h"

static int bad(void *arg) { return bide_raise(BIDE_EVALUE, NULL); }

static int late(void *arg) {
    say("never");
    return 0;
}

static int adder(void *tg) {
    int rc = bide_sleep(50);
    if (rc != BIDE_ECANCELED) return rc;
    int refused = bide_task_group_create_task(tg, late, NULL) ? 0 : bide_last_error();
    if (refused == BIDE_ERUNTIME) say("adder %s", xn(refused));
    else BIDE_TRY(refused);
    return rc;
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, adder, &tg);
    bide_task_group_create_task(&tg, bad, NULL);
    int rc = bide_task_group_exit(&tg, 0);
    if (rc == BIDE_EGROUP) say("%s", xn(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
