/* The task's sleep and the timeout end in one turn, the sleep first: the task is struck before it resumes. */
#include "conformance.h"

static int job(void *arg) {
    int rc = bide_sleep(10);
    if (rc == BIDE_ECANCELED) say("inner struck");
    BIDE_TRY(rc);
    say("inner slept");
    return bide_return_i64(4);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_TRY(bide_sleep(0));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_wait_for(t, 10, &v);
    if (rc == BIDE_ETIMEDOUT) say("%s %d %s", bide_error_name(rc), now(), st(t));
    else BIDE_TRY(rc);
    if (rc == 0) say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(async_main); }
