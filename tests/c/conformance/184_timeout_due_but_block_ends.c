/* A deadline moved to this moment doesn't strike if nothing suspends before the exit. */
#include "conformance.h"

static int body(bide_timeout *cm) {
    BIDE_TRY(bide_sleep(5));
    BIDE_TRY(bide_timeout_reschedule(cm, now()));
    say("leaving");
    return 0;
}

static int async_main(void *arg) {
    bide_timeout cm = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&cm, 50));
    int rc = body(&cm);
    BIDE_TRY(bide_timeout_exit(&cm, rc));
    say("expired %d %d", bide_timeout_expired(&cm), bide_task_cancelling(bide_current_task()));
    BIDE_TRY(bide_sleep(1));
    say("ok");
    return 0;
}

int main(void) { return conformance_run(async_main); }
