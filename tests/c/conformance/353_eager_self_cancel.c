/* A task cancels itself in the part that starts eagerly. */
#include "conformance.h"

static const bide_task_options eager = { .eager_start = true };

static int ends(void *arg) {
    bide_task_cancel(bide_current_task());
    return bide_return_i64(1);
}

static int suspends(void *arg) {
    bide_task_cancel(bide_current_task());
    const int rc = bide_sleep(5);
    say("struck %d", now());
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_with(&eager, ends, NULL);
    BIDE_AUTO bide_task *b = bide_create_task_with(&eager, suspends, NULL);
    say("%s %s", st(a), st(b));
    BIDE_TRY(bide_wait(BIDE_FUTURES(b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s", st(b));
    return 0;
}

int main(void) { return conformance_run(async_main); }
