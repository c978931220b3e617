/* Two children fail in the same turn: the group has both errors, in the order in which the children ended. */
#include "conformance.h"

static int bad(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(0));
    if (k == 1) return bide_raise(BIDE_EVALUE, NULL);
    return bide_raise(BIDE_EKEY, NULL);
}

static int sleep_ten(void *arg) { return bide_sleep(10); }

static int async_main(void *arg) {
    int one = 1, two = 2;
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    bide_task_group_create_task(&tg, bad, &two);
    bide_task_group_create_task(&tg, bad, &one);
    bide_task_group_create_task(&tg, sleep_ten, NULL);
    int rc = bide_task_group_exit(&tg, 0);
    if (rc == BIDE_EGROUP) say("%s %d", xn(rc), now());
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
