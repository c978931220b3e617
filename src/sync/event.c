/* event.c -- a flag that tasks wait for.
 *
 * A task that is woken leaves the queue at once, so the flag's memory may go before
 * the task runs. A clear that follows does not take the wake-up back. */
#include "task/waiter.h"

BIDE__FAST;

void bide_event_set(bide_event *event) {
    if (event->is_set) return;
    event->is_set = true;
    bide__check_waiters(&event->waiting);
    while (event->waiting.first) bide__wake(bide__waiters_pop(&event->waiting));
}

void bide_event_clear(bide_event *event) { event->is_set = false; }
bool bide_event_is_set(const bide_event *event) { return event->is_set; }

CORO_LEAF int bide_event_wait(bide_event *event) {
    if (coro_rewinding()) return coro_rewound(), bide__waiter_end(bide__resumed());
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    if (event->is_set) return 0;
    bide__waiters_enter(&event->waiting, t, "an event");
    return coro_suspend(&t->coro) ? 0 : bide__waiter_end(bide__resumed());
}
BIDE__SUSPENDS(bide_event_wait);
