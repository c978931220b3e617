/* Tasks that await the same task wake in the order in which they began to await it. */
#include "conformance.h"

struct waiter {
    const char *name;
    bide_task *t;
    int turns;
};

static int worker(void *arg) {
    BIDE_TRY(bide_sleep(4));
    return bide_return_i64(9);
}

static int waiter(void *arg) {
    struct waiter *self = arg;
    for (int i = 0; i < self->turns; i++) BIDE_TRY(bide_sleep(0));
    say("%s awaits", self->name);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(self->t, &v));
    say("%s got %s %d", self->name, show(v), now());
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(worker, NULL);
    BIDE_AUTO bide_task *x = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, "x", t, 2));
    BIDE_AUTO bide_task *y = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, "y", t, 0));
    BIDE_AUTO bide_task *z = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, "z", t, 1));
    return bide_wait(BIDE_FUTURES(x, y, z), INFINITY, BIDE_ALL_COMPLETED, NULL);
}

int main(void) { return conformance_run(main_task); }
