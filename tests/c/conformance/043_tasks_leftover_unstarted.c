/* A task created right before the main task returns still gets its first step, then it is cancelled. */
#include "conformance.h"

static int late(void *arg) {
    say("late runs");
    BIDE_TRY(bide_sleep(0));
    say("never printed");
    return 0;
}

static int three_turns(void) {
    for (int i = 0; i < 3; i++) {
        BIDE_TRY(bide_sleep(0));
        say("turn");
    }
    return 0;
}

static int started(void *arg) {
    int rc = three_turns();
    if (rc == BIDE_ECANCELED) say("started cancelled");
    else BIDE_TRY(rc);
    return 0;
}

static int main_task(void *arg) {
    bide_release(bide_create_task(started, NULL));
    BIDE_TRY(bide_sleep(0));
    bide_release(bide_create_task(late, NULL));
    say("main returns");
    return 0;
}

int main(void) { return conformance_run(main_task); }
