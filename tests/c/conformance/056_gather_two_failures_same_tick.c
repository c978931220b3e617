/* Of two tasks that fail in the same turn, the one that ran first decides how the gather ends. */
#include "conformance.h"

struct job {
    int turns, k;
};

static int job(void *arg) {
    struct job *self = arg;
    for (int i = 0; i < self->turns; i++) BIDE_TRY(bide_sleep(0));
    if (self->k == 1) return bide_raise(BIDE_EVALUE, NULL);
    return bide_raise(BIDE_EKEY, NULL);
}

static int main_task(void *arg) {
    bide_task *first = bide_create_task_copy(job, BIDE_ARGS(struct job, 2, 2));
    bide_task *second = bide_create_task_copy(job, BIDE_ARGS(struct job, 2, 1));
    int rc = bide_gather_join(BIDE_FUTURES(first, second), false, NULL);
    if (rc == BIDE_EVALUE || rc == BIDE_EKEY) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(main_task); }
