/* A child fails while the body sleeps: the body gets CancelledError, and no request is left counted afterwards. */
#include "conformance.h"

static int bad(void *arg) {
    BIDE_TRY(bide_sleep(5));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int body(bide_task_group *tg) {
    bide_task_group_create_task(tg, bad, NULL);
    int rc = bide_sleep(50);
    if (rc == BIDE_ECANCELED) say("body struck %d %d", now(), bide_task_cancelling(bide_current_task()));
    return rc;
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    int rc = body(&tg);
    rc = bide_task_group_exit(&tg, rc);
    if (rc == BIDE_EGROUP) say("%s %d", xn(rc), bide_task_cancelling(bide_current_task()));
    else BIDE_TRY(rc);
    BIDE_TRY(bide_sleep(1));
    say("fine %d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
