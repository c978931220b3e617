/* A wait for what is done already gives other tasks a turn all the same. */
#include "conformance.h"

static int job(void *arg) { return bide_return_i64(1); }

static int other(void *arg) {
    say("other");
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task(job, NULL);
    BIDE_TRY(bide_await(a, NULL));
    BIDE_AUTO bide_task *o = bide_create_task(other, NULL);
    size_t done;
    BIDE_TRY(bide_wait(BIDE_FUTURES(a), INFINITY, BIDE_ALL_COMPLETED, &done));
    say("%zu %zu %s", done, 1 - done, st(o));
    return 0;
}

int main(void) { return conformance_run(async_main); }
