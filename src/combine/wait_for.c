/* wait_for.c -- wait for something, but not longer than a timeout.
 *
 *   timeout > 0    the calling task awaits inside a timeout
 *   timeout <= 0   a pending future is cancelled, and a node waits for its end. If
 *                  the caller is cancelled meanwhile, the future's clean-up goes on */
#include "task/waiter.h"

typedef struct { bide__node node; bide__task *task; } wait_for_release;

static void wait_for_released(bide__node *n) { bide__wake(((wait_for_release *)n)->task); }
static void wait_for_dropped(bide__node *n) { (void)n; }
static const bide__node_type wait_for_release_type = { wait_for_released, wait_for_dropped };

bide_future *bide__wait_for_waiter(const bide__node *n) { return n->type == &wait_for_release_type ? &((const wait_for_release *)n)->task->future : NULL; }

static int wait_for_cancelled(bide__task *t, bide_future *f) {
    wait_for_release r = { { .type = &wait_for_release_type }, t };
    bide__list_add(bide__callbacks(f), &r.node);
    bide_future_cancel(f);
    int rc = bide__wait(t, "a cancelled future to end");
    bide__list_remove(&r.node);
    return rc;
}

static int wait_for_expired(bide_future *f, bide_value *result) {
    BIDE__TEXT(itself, "Task cannot await on itself");
    BIDE__TEXT(other_loop, "Task got Future attached to a different loop");
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    if (bide__done(f)) return bide__future_outcome(f, result);
    if (f == &t->future) return BIDE__FAIL_HERE(BIDE_ERUNTIME, itself);
    if (f->loop != t->future.loop) return BIDE__FAIL_HERE(BIDE_ERUNTIME, other_loop);
    bide_retain(f);
    int rc = wait_for_cancelled(t, f);
    if (rc == 0) {
        rc = bide__future_outcome(f, result);
        if (rc == BIDE_ECANCELED) rc = bide__fail_plain(BIDE_ETIMEDOUT);
    }
    bide_release(f);
    return rc;
}

int bide_wait_for(bide_future *f, double timeout, bide_value *result) {
    bide__out_none(result);
    if (!f) return bide__null_future();
    if (timeout <= 0) return wait_for_expired(f, result);
    bide_timeout t = BIDE_TIMEOUT_INIT;
    int rc = bide_timeout_enter(&t, timeout);
    return rc != 0 ? rc : bide_timeout_exit(&t, bide_await(f, result));
}
BIDE__SUSPENDS(bide_wait_for);

int bide_wait_for_join(bide_future *f, double timeout, bide_value *result) {
    int rc = bide_wait_for(f, timeout, result);
    bide_release(f);
    return rc;
}
BIDE__SUSPENDS(bide_wait_for_join);

int bide_wait_for_call(bide_fn *fn, void *arg, double timeout, bide_value *result) {
    bide__out_none(result);
    if (timeout <= 0) return bide_wait_for_join(bide_create_task(fn, arg), timeout, result);
    bide_timeout t = BIDE_TIMEOUT_INIT;
    int rc = bide_timeout_enter(&t, timeout);
    return rc != 0 ? rc : bide_timeout_exit(&t, bide_call(fn, arg, result));
}
BIDE__SUSPENDS(bide_wait_for_call);
