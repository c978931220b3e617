/* A task queued before a timeout of 0 gets its turn. Its awaiter under the timeout is struck all the same. */
#include "conformance.h"

static int other(void *arg) {
    say("other");
    return 0;
}

static int body(bide_task *o) {
    BIDE_TRY(bide_await(o, NULL));
    say("never");
    return 0;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *o = bide_create_task(other, NULL);
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 0));
    int rc = body(o);
    rc = bide_timeout_exit(&cm, rc);
    if (rc == BIDE_ETIMEDOUT) say("%s %s", xn(rc), st(o));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
