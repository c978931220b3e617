/* await.c -- waiting for a future.
 *
 * A future that is done does not suspend. Else the task's node stands among
 * the future's callbacks, which completion moves to the ready queue. What can't
 * be awaited at all (itself, another loop's) fails one turn later, as asyncio
 * throws it into the task at its next step. */
#include "internal.h"

static int finish(bide__task *t) {
    BIDE__TEXT(refused, "Task cannot await on itself, nor on a future attached to a different loop");
    bide_future *f = t->awaits;
    bide_value *out = t->out;
    int rc = bide__take_cancel(t);
    t->awaits = NULL, t->waits_for = NULL;
    if (rc != 0) bide__value_out(out, (bide_value){ .kind = BIDE_NONE });
    else if (!f) rc = BIDE__FAIL(BIDE_ERUNTIME, refused);
    else rc = bide__future_outcome(f, out);
    bide_release(f);
    return rc;
}

/* Queue the task behind `f`. A cancel request that is due strikes `f` at once. */
static void await_pending(bide__task *t, bide_future *f) {
    t->awaits = bide_retain(f);
    t->timer.node.type = &bide__step_type;
    bide__list_add(&f->callbacks, &t->timer.node);
    if (t->must_cancel && bide_future_cancel(f)) t->must_cancel = false;
}

CORO_LEAF int bide_await(bide_future *f, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), finish(bide__resumed());
    if (f && bide__done(f) && bide__current->task) return bide__future_outcome(f, result);
    bide__value_out(result, (bide_value){ .kind = BIDE_NONE });
    bide__task *t = f ? bide__self() : NULL;
    if (!t) return f ? BIDE_ERUNTIME : bide__null_future();
    t->out = result;
    if (f == &t->future || f->loop != t->future.loop) bide__task_schedule(t);
    else await_pending(t, f);
    return coro_suspend(&t->coro) ? 0 : finish(bide__resumed());
}

int bide_join(bide_future *f, bide_value *result) {
    int rc = bide_await(f, result);
    bide_release(f);
    return rc;
}
