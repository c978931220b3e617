/* Those who wait for an event wake in order of arrival; to wait for a set event does not suspend. */
#include "conformance.h"

struct waiter { bide_event *event; int k; };

static int waiter(void *arg) {
    struct waiter *w = arg;
    BIDE_TRY(bide_event_wait(w->event));
    say("woke %d %d", w->k, now());
    return 0;
}

static int async_main(void *arg) {
    static bide_event event = BIDE_EVENT_INIT;
    BIDE_AUTO bide_task *a = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &event, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &event, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &event, 3));
    BIDE_TRY(bide_sleep(3));
    bide_event_set(&event);
    say("set %d", bide_event_is_set(&event));
    BIDE_TRY(bide_event_wait(&event));
    say("no switch %s", st(a));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
