/* A task that cancels itself and then raises keeps its error. */
#include "conformance.h"

static int body(void *arg) {
    bide_task_cancel(bide_current_task());
    return bide_raise(BIDE_EVALUE, "kept");
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_wait(BIDE_FUTURES(t), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(t), bide_task_cancelling(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
