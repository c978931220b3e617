/* A cancellation comes too late for a task that is done, even if its awaiter has not run yet. */
#include "conformance.h"

static int worker(void *arg) {
    BIDE_TRY(bide_sleep(3));
    return bide_return_i64(6);
}

static int waiter(void *arg) {
    bide_task *t = arg;
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("waiter got %s", show(v));
    return 0;
}

static int killer(void *arg) {
    bide_task *t = arg;
    BIDE_TRY(bide_sleep(3));
    const char *seen = st(t);
    say("killer at %d sees %s cancel %d", now(), seen, bide_task_cancel(t));
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(worker, NULL);
    BIDE_AUTO bide_task *w = bide_create_task(waiter, t);
    BIDE_AUTO bide_task *k = bide_create_task(killer, t);
    BIDE_TRY(bide_wait(BIDE_FUTURES(w, k), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s", st(t), st(w));
    return 0;
}

int main(void) { return conformance_run(main_task); }
