/* An eager child that fails at once cancels its group by way of the loop only, not inside of the call that makes it. */
#include "conformance.h"

static const bide_task_options eager = { .eager_start = true };

static int bad(void *arg) { return bide_raise(BIDE_EVALUE, NULL); }

static int job(void *arg) {
    const int rc = bide_sleep(10);
    say("job out");
    return rc;
}

static int group(void *u) {
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&tg) {
        bide_task_group_create_task_with(&tg, &eager, job, NULL);
        bide_task *t = bide_task_group_create_task_with(&tg, &eager, bad, NULL);
        say("still in the body %s", st(t));
        *(bide_task **)u = bide_retain(bide_task_group_create_task_with(&tg, &eager, job, NULL));
        BIDE_TRY(bide_sleep(5));
        say("never");
    }
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *u = NULL;
    const int rc = group(&u);
    if (rc != BIDE_EGROUP) return rc;
    say("%s %s %d", xn(rc), st(u), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
