/* A task whose cancellation is taken back before its first step runs as if there had been none. */
#include "conformance.h"

static int body(void *arg) {
    say("runs");
    return bide_return_i64(1);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    bide_task_cancel(t);
    say("%d", bide_task_uncancel(t));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(main_task); }
