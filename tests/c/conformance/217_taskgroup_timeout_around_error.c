/* A child fails before the deadline around its group: the group's error passes, the timeout keeps out of it. */
#include "conformance.h"

static int bad(void *arg) {
    BIDE_TRY(bide_sleep(5));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int group(void) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, bad, NULL);
    int rc = bide_sleep(50);
    return bide_task_group_exit(&tg, rc);
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = group();
    rc = bide_timeout_exit(&cm, rc);
    if (rc != 0) say("%s %d %d %d", xn(rc), now(), bide_timeout_expired(&cm), bide_task_cancelling(bide_current_task()));
    return 0;
}

int main(void) { return conformance_run(async_main); }
