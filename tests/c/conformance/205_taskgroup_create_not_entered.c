/* No task can be made in a group that wasn't entered, and a group is entered only once. */
#include "conformance.h"

static int job(void *arg) {
    say("never");
    return 0;
}

static int enter_and_exit(bide_task_group *tg, const char *text) {
    BIDE_TRY(bide_task_group_enter(tg));
    say("%s", text);
    return bide_task_group_exit(tg, 0);
}

static int async_main(void *arg) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    int rc = bide_task_group_create_task(&tg, job, NULL) ? 0 : bide_last_error();
    if (rc == BIDE_ERUNTIME) say("%s", xn(rc));
    else BIDE_TRY(rc);
    BIDE_TRY(enter_and_exit(&tg, "ok"));
    rc = enter_and_exit(&tg, "never");
    if (rc == BIDE_ERUNTIME) say("reenter %s", xn(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
