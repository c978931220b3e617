/* The exit of a group waits for all its children. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    say("job %d %d", k, now());
    return bide_return_i64(k);
}

static int async_main(void *arg) {
    int nine = 9, four = 4;
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    BIDE_AUTO bide_task *a = bide_retain(bide_task_group_create_task(&tg, job, &nine));
    BIDE_AUTO bide_task *b = bide_retain(bide_task_group_create_task(&tg, job, &four));
    say("body ends %d", now());
    BIDE_TRY(bide_task_group_exit(&tg, 0));
    bide_value x, y;
    BIDE_TRY(bide_future_result(a, &x));
    BIDE_TRY(bide_future_result(b, &y));
    say("out %d %s %s", now(), show(x), show(y));
    return 0;
}

int main(void) { return conformance_run(async_main); }
