/* Two tasks that wait for each other to set an event: nothing is ready and there is no timer. */
#include "conformance.h"

struct events {
    bide_event *mine, *other;
};

static int one(void *arg) {
    struct events *events = arg;
    BIDE_TRY(bide_event_wait(events->mine));
    bide_event_set(events->other);
    return 0;
}

static int main_task(void *arg) {
    static bide_event x = BIDE_EVENT_INIT, y = BIDE_EVENT_INIT;
    BIDE_AUTO bide_task *a = bide_create_task_copy(one, BIDE_ARGS(struct events, &x, &y));
    BIDE_AUTO bide_task *b = bide_create_task_copy(one, BIDE_ARGS(struct events, &y, &x));
    BIDE_TRY(bide_sleep(1));
    say("about to wait");
    BIDE_TRY(bide_await(a, NULL));
    say("never");
    return 0;
}

int main(void) { return conformance_run(main_task); }
