/* sleep.c -- a pause of the calling task.
 *
 *   <= 0   one turn: the task's next step is queued at once, and the task waits for
 *          nothing. The node of a task that runs is in no list, and has a step's type
 *   > 0    a private wait with the task's own timer
 *
 * asyncio tests in this order, too: first <= 0, then NaN. */
#include "task/waiter.h"

BIDE__FAST;

CORO_LEAF int bide_sleep(double seconds) {
    if (coro_rewinding()) return coro_rewound(), bide__waiter_end(bide__resumed());
    BIDE__TEXT(nan, "Invalid delay: NaN (not a number)");
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    if (seconds <= 0) {
        bide__loop_push(bide__running, &t->timer.node);
    } else {
        if (isnan(seconds)) return BIDE__FAIL(BIDE_EVALUE, nan);
        bide_loop *loop = t->future.loop;
        if (seconds != INFINITY && bide__timers_add(&loop->timers, &t->timer, bide__loop_now(loop) + seconds) != 0) return BIDE_ENOMEM;
        t->timer.node.type = &bide__task_timer_type;        /* not before: a step of a task whose sleep failed is a step */
        bide__waiter_begin(t, "a sleep");
    }
    return coro_suspend(&t->coro) ? 0 : bide__waiter_end(bide__resumed());
}
BIDE__SUSPENDS(bide_sleep);
