/* A task that awaits itself gets RuntimeError. */
#include "conformance.h"

static int body(void *arg) {
    bide_task **box = arg;
    BIDE_TRY(bide_sleep(0));
    int rc = bide_await(*box, NULL);
    if (rc == BIDE_ERUNTIME) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    return bide_return_i64(1);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = NULL;
    t = bide_create_task(body, &t);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    BIDE_TRY(bide_await(t, &v));
    say("%s", show(v));
    return 0;
}

int main(void) { return conformance_run(main_task); }
