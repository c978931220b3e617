/* A child cancelled from outside is no error; its siblings go on. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    BIDE_TRY(bide_sleep(k));
    say("job %d %d", k, now());
    return 0;
}

static int cancel(void *task) {
    bide_task_cancel(task);
    return 0;
}

static int async_main(void *arg) {
    int nine = 9, seven = 7;
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&tg));
    BIDE_AUTO bide_task *a = bide_retain(bide_task_group_create_task(&tg, job, &nine));
    BIDE_AUTO bide_task *b = bide_retain(bide_task_group_create_task(&tg, job, &seven));
    bide_loop_call_later(NULL, 3, cancel, a);
    BIDE_TRY(bide_task_group_exit(&tg, 0));
    say("%s %s %d", st(a), st(b), now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
