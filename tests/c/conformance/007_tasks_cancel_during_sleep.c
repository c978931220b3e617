/* Cancelling ends a sleep at once, and the code after it still runs. */
#include "conformance.h"

static int body(void *arg) {
    int rc = bide_sleep(100);
    if (rc == 0) say("never");
    if (rc == BIDE_ECANCELED) say("cancelled at %d", now());
    say("finally");
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(5));
    bool accepted = bide_task_cancel(t);
    say("%d %s", accepted, st(t));
    int rc = bide_await(t, NULL);
    if (rc == BIDE_ECANCELED) say("main sees it at %d", now());
    else BIDE_TRY(rc);
    say("%s", st(t));
    return 0;
}

int main(void) { return conformance_run(main_task); }
