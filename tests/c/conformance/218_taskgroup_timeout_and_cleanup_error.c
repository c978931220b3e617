/* The deadline strikes and a child fails in its clean-up: the group's error passes the timeout, and nothing strikes later. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(50);
    return rc == BIDE_ECANCELED ? bide_raise(BIDE_EVALUE, NULL) : rc;
}

static int group(void) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, job, NULL);
    return bide_task_group_exit(&tg, 0);
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 10));
    int rc = group();
    rc = bide_timeout_exit(&cm, rc);
    if (rc != 0) say("%s %d %d %d", xn(rc), now(), bide_timeout_expired(&cm), bide_task_cancelling(bide_current_task()));
    rc = bide_sleep(5);
    if (rc == 0) say("slept %d", now());
    else if (rc == BIDE_ECANCELED) say("struck %d", now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
