/* What result and exception answer for a failed, a finished, a pending and a cancelled task. */
#include "conformance.h"

static int body(void *arg) {
    int k = *(int *)arg;
    if (k == 0) return bide_raise(BIDE_EVALUE, NULL);
    BIDE_TRY(bide_sleep(k));
    return bide_return_i64(k);
}

static void probe(const char *name, bide_task *t) {
    BIDE_AUTO_VALUE bide_value result = { 0 }, error = { 0 };
    int rc = bide_future_result(t, &result);
    if (rc == 0) say("%s result %s", name, show(result));
    else say("%s result raises %s", name, bide_error_name(rc));
    rc = bide_future_exception(t, &error);
    if (rc == 0) say("%s exception %s", name, show(error));
    else say("%s exception raises %s", name, bide_error_name(rc));
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(body, BIDE_ARGS(int, 0));
    BIDE_AUTO bide_task *b = bide_create_task_copy(body, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *c = bide_create_task_copy(body, BIDE_ARGS(int, 50));
    BIDE_AUTO bide_task *d = bide_create_task_copy(body, BIDE_ARGS(int, 60));
    BIDE_TRY(bide_sleep(2));
    bide_task_cancel(d);
    BIDE_TRY(bide_sleep(0));
    BIDE_TRY(bide_sleep(0));
    probe("failed", a);
    probe("finished", b);
    probe("pending", c);
    probe("cancelled", d);
    return 0;
}

int main(void) { return conformance_run(main_task); }
