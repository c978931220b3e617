/* A waiter that is woken but cancelled before it runs ends cancelled. */
#include "conformance.h"

static int waiter(void *event) {
    BIDE_TRY(bide_event_wait(event));
    say("never");
    return 0;
}

static int async_main(void *arg) {
    static bide_event event = BIDE_EVENT_INIT;
    BIDE_AUTO bide_task *a = bide_create_task(waiter, &event);
    BIDE_TRY(bide_sleep(1));
    bide_event_set(&event);
    bide_task_cancel(a);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(a), bide_event_is_set(&event));
    return 0;
}

int main(void) { return conformance_run(async_main); }
