/* A task that failed before makes the gather failed from the start; the other task goes on. */
#include "conformance.h"

static int job(void *arg) {
    int k = *(int *)arg;
    if (k == 0) return bide_raise(BIDE_EVALUE, NULL);
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(job, BIDE_ARGS(int, 0));
    BIDE_AUTO bide_task *b = bide_create_task_copy(job, BIDE_ARGS(int, 9));
    BIDE_TRY(bide_sleep(1));
    BIDE_AUTO bide_future *g = bide_gather(BIDE_FUTURES(b, a), false);
    say("done %d", bide_future_done(g));
    int rc = bide_await(g, NULL);
    if (rc == BIDE_EVALUE) say("%s %d %s", bide_error_name(rc), now(), st(b));
    else BIDE_TRY(rc);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(b, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(main_task); }
