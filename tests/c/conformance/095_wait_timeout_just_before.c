/* The task ends one second before the timeout. */
#include "conformance.h"

static int job(void *arg) {
    BIDE_TRY(bide_sleep(9));
    return bide_return_i64(1);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task(job, NULL);
    size_t done;
    BIDE_TRY(bide_wait(BIDE_FUTURES(a), 10, BIDE_ALL_COMPLETED, &done));
    say("%zu %zu %d %s", done, 1 - done, now(), st(a));
    return 0;
}

int main(void) { return conformance_run(async_main); }
