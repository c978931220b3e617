/* The parent is cancelled, and its child fails when that strikes it: the error leaves the group, the request stays counted. */
#include "conformance.h"

static int bad(void *f) {
    int rc = bide_await(f, NULL);
    if (rc != BIDE_ECANCELED) return rc;
    say("bad struck");
    return bide_raise(BIDE_EVALUE, NULL);
}

static int body(bide_task_group *tg, bide_future *f) {
    bide_task_group_create_task(tg, bad, f);
    return bide_sleep(30);
}

static int parent(void *f) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    int rc = body(&tg, f);
    rc = bide_task_group_exit(&tg, rc);
    if (rc == 0) return 0;
    say("parent %s %d", xn(rc), bide_task_cancelling(bide_current_task()));
    return bide_return_i64(bide_task_uncancel(bide_current_task()));
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_AUTO bide_task *t = bide_create_task(parent, f);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(t), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
