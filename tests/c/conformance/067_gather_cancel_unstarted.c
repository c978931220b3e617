/* The tasks of a gather that is cancelled before they ran never enter their functions. */
#include "conformance.h"

static int job(void *arg) {
    say("never %d", *(int *)arg);
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *first = bide_create_task_copy(job, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *second = bide_create_task_copy(job, BIDE_ARGS(int, 2));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(first, second), false);
    bide_future_cancel(g);
    int rc = bide_await(g, NULL);
    if (rc == BIDE_ECANCELED) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(main_task); }
