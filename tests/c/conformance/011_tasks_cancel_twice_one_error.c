/* Two cancellations before the task runs reach it as one. */
#include "conformance.h"

static int body(void *arg) {
    int hits = 0;
    for (int i = 0; i < 3; i++) {
        int rc = bide_sleep(10);
        if (rc == BIDE_ECANCELED) {
            hits++;
            say("hit %d %d", hits, now());
            continue;
        }
        BIDE_TRY(rc);
        say("slept %d", now());
    }
    return bide_return_i64(hits);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(body, NULL);
    BIDE_TRY(bide_sleep(1));
    bool first = bide_task_cancel(t);
    bool second = bide_task_cancel(t);
    say("%d %d %d", first, second, bide_task_cancelling(t));
    BIDE_AUTO_VALUE bide_value hits = { 0 };
    BIDE_TRY(bide_await(t, &hits));
    say("hits %s", show(hits));
    return 0;
}

int main(void) { return conformance_run(main_task); }
