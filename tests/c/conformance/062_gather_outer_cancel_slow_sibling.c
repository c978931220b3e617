/* A cancelled gather ends with the first task that ends cancelled and does not wait for slow siblings. */
#include "conformance.h"

struct job {
    int k, cleanup;
};

struct pair {
    bide_task *a, *b;
};

static int job(void *arg) {
    struct job *self = arg;
    int rc = bide_sleep(100);
    if (self->cleanup) BIDE_TRY(bide_sleep(self->cleanup));
    say("job %d out %d", self->k, now());
    return rc;
}

static int outer(void *arg) {
    struct pair *tasks = arg;
    int rc = bide_join(bide_gather(BIDE_FUTURES(tasks->a, tasks->b), false), NULL);
    say("outer out %d %s %s", now(), st(tasks->a), st(tasks->b));
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(struct job, 1, 20));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(struct job, 2, 0));
    BIDE_AUTO bide_task *t = bide_create_task_copy(outer, BIDE_ARGS(struct pair, a, b));
    BIDE_TRY(bide_sleep(5));
    bide_task_cancel(t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %d", st(t), st(a), now());
    return 0;
}

int main(void) { return conformance_run(main_task); }
