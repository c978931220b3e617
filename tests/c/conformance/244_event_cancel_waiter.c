/* When one task that waits for an event is cancelled, the others wait on. */
#include "conformance.h"

struct waiter { bide_event *event; int k; };

static int waiter(void *arg) {
    struct waiter *w = arg;
    int rc = bide_event_wait(w->event);
    if (rc == 0) say("woke %d", w->k);
    if (rc == BIDE_ECANCELED) say("cancelled %d", w->k);
    return rc;
}

static int async_main(void *arg) {
    static bide_event event = BIDE_EVENT_INIT;
    BIDE_AUTO bide_task *a = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &event, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(waiter, BIDE_ARGS(struct waiter, &event, 2));
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(a);
    bide_event_set(&event);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s", st(a), st(b));
    return 0;
}

int main(void) { return conformance_run(async_main); }
