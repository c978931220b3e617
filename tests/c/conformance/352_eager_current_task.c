/* The current task, and tasks that make tasks, while they start eagerly. */
#include "conformance.h"

static const bide_task_options eager = { .eager_start = true };

static int inner(void *me) {
    say("inner is not main %d", bide_current_task() != me);
    return bide_return_i64(1);
}

static int outer(void *me) {
    bide_task *mine = bide_current_task();
    BIDE_AUTO bide_task *t = bide_create_task_with(&eager, inner, me);
    say("outer restored %d %s", bide_current_task() == mine, st(t));
    return bide_sleep(1);
}

static int async_main(void *arg) {
    bide_task *me = bide_current_task();
    BIDE_AUTO bide_task *t = bide_create_task_with(&eager, outer, me);
    say("main restored %d %s %zu", bide_current_task() == me, st(t), bide_all_tasks(NULL, NULL, 0));
    return bide_await(t, NULL);
}

int main(void) { return conformance_run(async_main); }
