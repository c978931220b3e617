/* The tasks of a cancelled gather swallow the cancellation and return. When all have ended, the gather is cancelled all the same. */
#include "conformance.h"

struct job {
    int k, extra;
};

static int job(void *arg) {
    struct job *self = arg;
    int rc = bide_sleep(100);
    if (rc == BIDE_ECANCELED) rc = bide_sleep(self->extra);
    BIDE_TRY(rc);
    say("job %d returns %d", self->k, now());
    return bide_return_i64(self->k);
}

static int outer(void *arg) {
    bide_task *first = bide_create_task_copy(job, BIDE_ARGS(struct job, 1, 3));
    bide_task *second = bide_create_task_copy(job, BIDE_ARGS(struct job, 2, 8));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_gather_join(BIDE_FUTURES(first, second), false, &v);
    if (rc == 0) say("never %s", show(v));
    say("outer out %d", now());
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(outer, NULL);
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
