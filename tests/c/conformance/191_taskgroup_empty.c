/* The exit of an empty group doesn't suspend. */
#include "conformance.h"

static int other(void *arg) {
    say("other");
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *o = bide_create_task(other, NULL);
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    say("inside");
    BIDE_TRY(bide_task_group_exit(&tg, 0));
    say("outside %s", st(o));
    return 0;
}

int main(void) { return conformance_run(async_main); }
