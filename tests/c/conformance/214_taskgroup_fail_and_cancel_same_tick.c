/* A child fails and the parent is cancelled by another in the same turn: the group leaves the exit, the next wait is cancelled. */
#include "conformance.h"

static int bad(void *f) {
    BIDE_TRY(bide_await(f, NULL));
    return bide_raise(BIDE_EVALUE, NULL);
}

static int parent(void *f) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, bad, f);
    int rc = bide_task_group_exit(&tg, 0);
    if (rc != 0) say("parent %s %d", xn(rc), bide_task_cancelling(bide_current_task()));
    BIDE_TRY(bide_sleep(1));
    say("after %d", now());
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    BIDE_AUTO bide_task *t = bide_create_task(parent, f);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_future_set_result(f, bide_i64(1)));
    BIDE_TRY(bide_sleep(0));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(t), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(async_main); }
