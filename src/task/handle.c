/* handle.c -- callbacks of the loop: call_soon, call_later, call_at.
 *
 * A handle belongs to the queue that it stands in, and to whoever retained it. A
 * cancelled handle stays queued until its turn, so the borrower's pointer is good
 * until then. For this reason a cancelled timer moves from the heap to the queue. */
#include "task/report.h"

#include "host.h"

struct bide_handle {
    bide__timer timer;
    uint32_t refs;
    bool cancelled, queued;
    bide_callback *cb;
    void *arg;
    bide__vars *vars;         /* of its registration; moved to the loop's coroutine while it runs */
    bide_loop *loop;          /* valid while queued */
    double when;              /* NaN: no timer */
};

static void handle_call(bide_handle *h) {
    if (bide__debugging(h->loop)) bide__debug_begins(h);
    bide__current->own.vars = h->vars;
    h->vars = NULL;
    bide__callback_end(h->loop, h->cb(h->arg), NULL, h);
}

static void handle_run(bide__node *n) {
    bide_handle *h = (bide_handle *)n;
    h->queued = false;
    if (!h->cancelled) handle_call(h);
    bide_handle_release(h);
}

static void handle_drop(bide__node *n) {
    bide_handle *h = (bide_handle *)n;
    h->queued = false;
    bide_handle_release(h);
}

static const bide__node_type handle_type = { handle_run, handle_drop };

static bide_handle *handle_new(bide_loop *loop, double when, bide_callback *cb, void *arg) {
    BIDE__TEXT(closed, "Event loop is closed");
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed), NULL;
    bide_handle *h = bide__alloc(sizeof *h);
    if (!h) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    *h = (bide_handle){ .timer.node.type = &handle_type, .refs = 1, .queued = true, .cb = cb, .arg = arg, .loop = loop, .when = when };
    h->vars = bide__inherit();
    if (bide__debugging(loop)) bide__debug_given(h, BIDE__GIVEN_HANDLE, arg);
    return h;
}

bide_handle *bide_loop_call_soon(bide_loop *loop, bide_callback *cb, void *arg) {
    loop = bide__loop(loop);
    bide_handle *h = loop ? handle_new(loop, NAN, cb, arg) : NULL;
    if (h) bide__loop_push(loop, &h->timer.node);
    return h;
}

bide_handle *bide_loop_call_at(bide_loop *loop, double when, bide_callback *cb, void *arg) {
    BIDE__TEXT(nan, "Invalid delay: NaN (not a number)");
    loop = bide__loop(loop);
    if (!loop) return NULL;
    if (isnan(when)) return BIDE__FAIL(BIDE_EVALUE, nan), NULL;
    bide_handle *h = handle_new(loop, when, cb, arg);
    if (!h || bide__timers_add(&loop->timers, &h->timer, when) == 0) return h;
    return bide_handle_release(h), NULL;
}

bide_handle *bide_loop_call_later(bide_loop *loop, double delay, bide_callback *cb, void *arg) {
    loop = bide__loop(loop);
    return loop ? bide_loop_call_at(loop, bide__loop_now(loop) + delay, cb, arg) : NULL;
}

int bide_loop_call_soon_threadsafe(bide_loop *loop, bide_callback *cb, void *arg) {
    loop = bide__loop(loop);
    bide_handle *h = loop ? bide_loop_call_soon(loop, cb, arg) : NULL;
    if (!h) return bide_last_error();
    bide__host_wake(loop);
    return 0;
}

void bide_handle_cancel(bide_handle *h) {
    if (!h || h->cancelled) return;
    h->cancelled = true;
    if (BIDE__HAS(bide__debug)) bide__debug_taken(h);
    if (!h->queued || h->timer.place == 0) return;
    bide__timers_remove(&h->loop->timers, &h->timer);
    bide__loop_push(h->loop, &h->timer.node);
}

bool bide_handle_cancelled(const bide_handle *h) { return h && h->cancelled; }
double bide_handle_when(const bide_handle *h) { return h ? h->when : NAN; }

bide_handle *bide_handle_retain(bide_handle *h) {
    if (h) h->refs++;
    return h;
}

void bide_handle_release(bide_handle *h) {
    if (!h || --h->refs > 0) return;
    bide__disinherit(h->vars);
    if (BIDE__HAS(bide__debug)) bide__debug_freed(h);
    bide__free(h, sizeof *h);
}
