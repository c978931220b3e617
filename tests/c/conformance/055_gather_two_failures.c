/* The first of its tasks to fail decides how a gather ends; a later failure is ignored. */
#include "conformance.h"

struct job {
    int delay, k;
};

static int job(void *arg) {
    struct job *self = arg;
    BIDE_TRY(bide_sleep(self->delay));
    if (self->k == 1) return bide_raise(BIDE_EVALUE, NULL);
    return bide_raise(BIDE_EKEY, NULL);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(struct job, 8, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(struct job, 4, 2));
    int rc = bide_join(bide_gather(BIDE_FUTURES(a, b), false), NULL);
    if (rc == BIDE_EVALUE || rc == BIDE_EKEY) say("%s %d", bide_error_name(rc), now());
    else BIDE_TRY(rc);
    BIDE_TRY(bide_sleep(10));
    say("%s %s", st(a), st(b));
    return 0;
}

int main(void) { return conformance_run(main_task); }
