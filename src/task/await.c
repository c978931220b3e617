/* await.c -- waiting for a future, or for a function in its place.
 *
 * Awaiting a future that is done does not suspend. Else the task's node waits
 * among the future's callbacks, and completion moves it to the ready queue. A task
 * that awaits itself, or another loop's future, fails one turn later: asyncio
 * throws that error into the task at its next step. */
#include "task/report.h"
#include "task/waiter.h"

BIDE__FAST;

static int await_finish(bide__task *t) {
    BIDE__TEXT(itself, "Task cannot await on itself");
    BIDE__TEXT(other_loop, "Task got Future attached to a different loop");
    bide_future *f = t->awaits;
    bide_value *out = t->out;
    int rc = bide__take_cancel(t);
    t->awaits = NULL;
    if (rc != 0) bide__out_none(out);
    else if (!f) rc = t->was_woken ? BIDE__FAIL_HERE(BIDE_ERUNTIME, itself) : BIDE__FAIL_HERE(BIDE_ERUNTIME, other_loop);
    else rc = bide__future_outcome(f, out);
    bide__release(f);
    return rc;
}

/* Queue the task behind `f`, whose reference is taken. If a cancel request is due, `f` is cancelled at once. */
static inline void await_pending(bide__task *t, bide_future *f) {
    t->awaits = f;
    bide__note_since(t);
    t->timer.node.type = &bide__step_type;
    bide__list_add(bide__callbacks(f), &t->timer.node);
    if (t->must_cancel && bide_future_cancel(f)) t->must_cancel = false;
}

/* Begin to await `f`, whose reference is taken. True: the task must suspend. False: the outcome is in *rc. */
static inline bool await_begin(bide_future *f, bide_value *result, int *rc) {
    bide__task *t = bide__task_of(bide__current->task);
    if (f && t && bide__done(f)) {
        *rc = bide__future_outcome(f, result);
        bide__release(f);
        return false;
    }
    bide__out_none(result);
    *rc = f ? BIDE_ERUNTIME : bide__null_future();
    if (!f || !bide__self()) return bide_release(f), false;
    t->out = result;
    if (f != &t->future && f->loop == t->future.loop) await_pending(t, f);
    else {
        t->was_woken = f == &t->future;       /* await_finish tells the two mistakes apart by this */
        bide__task_schedule(t);
        bide__release(f);
    }
    return true;
}

CORO_LEAF int bide_join(bide_future *f, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), await_finish(bide__resumed());
    int rc;
    if (!await_begin(f, result, &rc)) return rc;
    return coro_suspend(&bide__resumed()->coro) ? 0 : await_finish(bide__resumed());
}
BIDE__SUSPENDS(bide_join);

CORO_LEAF int bide_await(bide_future *f, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), await_finish(bide__resumed());
    int rc;
    if (!await_begin(bide_retain(f), result, &rc)) return rc;
    return coro_suspend(&bide__resumed()->coro) ? 0 : await_finish(bide__resumed());
}
BIDE__SUSPENDS(bide_await);

/* Note the call's outcome as if it came from a task: its code last, and its message only if the call has met it. */
static void await_note_call(bide__coroutine *co, int rc, uint32_t met_before) {
    bide__messages *messages = co->messages;
    const bool is_met = messages && messages->met_in_call >> bide__error_number(rc) & 1;
    if (rc != 0) bide__fail(rc, is_met ? bide__message_of(co, rc) : NULL);
    if (messages) messages->met_in_call |= met_before;
}

int bide_call(bide_fn *fn, void *arg, bide_value *result) {
    bide__coroutine *co = bide__current;
    bide_value slot = { .kind = BIDE_NONE };
    bide_value *outer = co->result;
    const uint32_t met_before = co->messages ? co->messages->met_in_call : 0;
    if (co->messages) co->messages->met_in_call = 0;
    co->result = &slot;
    int rc = bide__end_with(bide__returned(fn(arg)));
    co->result = outer;
    if (rc == 0 && slot.kind == BIDE_ERROR) rc = bide__fail_value(&slot);   /* the error that a block's exit left there */
    else await_note_call(co, rc, met_before);
    if (rc != 0) bide_value_clear(&slot);
    bide__value_out(result, slot);
    return rc;
}
BIDE__SUSPENDS(bide_call);
