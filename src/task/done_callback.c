/* done_callback.c -- a user's callback for the end of a future.
 *
 * Its node waits in the future's list, and in the ready queue when the future is
 * done. So completing a future needs no memory. */
#include "task/report.h"

typedef struct {
    bide__node node;
    bide_future *future;        /* counted from its end on */
    bide_done_callback *cb;
    void *arg;
    bide__vars *vars;           /* of its registration */
} done_callback;

static void done_callback_run(bide__node *n) {
    done_callback c = *(done_callback *)n;
    if (bide__debugging(c.future->loop)) bide__debug_begins(n);
    if (BIDE__HAS(bide__debug)) bide__debug_freed(n);
    bide__free(n, sizeof c);
    bide__current->own.vars = c.vars;
    bide__callback_end(c.future->loop, c.cb(c.future, c.arg), c.future, NULL);
    bide_release(c.future);
}

static void done_callback_free(done_callback *c) {
    bide__disinherit(c->vars);
    if (BIDE__HAS(bide__debug)) bide__debug_freed(c);
    bide__free(c, sizeof *c);
}

static void done_callback_drop(bide__node *n) {
    bide_future *f = ((done_callback *)n)->future;
    done_callback_free((done_callback *)n);
    if (bide__done(f)) bide_release(f);
}

static const bide__node_type done_callback_type = { done_callback_run, done_callback_drop };

int bide_future_add_done_callback(bide_future *f, bide_done_callback *cb, void *arg) {
    if (!f) return bide__null_future();
    BIDE__TEXT(closed, "Event loop is closed");
    if (bide__done(f) && f->loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed);
    done_callback *c = bide__alloc(sizeof *c);
    if (!c) return bide__fail_plain(BIDE_ENOMEM);
    *c = (done_callback){ .node = { .type = &done_callback_type }, .future = f, .cb = cb, .arg = arg };
    c->vars = bide__inherit();
    if (bide__debugging(f->loop)) bide__debug_given(c, BIDE__GIVEN_DONE_CALLBACK, arg);
    if (bide__done(f)) f->refs++;
    else f->callback_count++;
    bide__future_add_node(f, &c->node);
    return 0;
}

size_t bide_future_remove_done_callback(bide_future *f, bide_done_callback *cb, void *arg) {
    size_t removed = 0;
    if (!f || bide__done(f)) return 0;
    for (bide__node *n = bide__callbacks(f)->next, *next; n != bide__callbacks(f); n = next) {
        next = n->next;
        done_callback *c = (done_callback *)n;
        if (n->type != &done_callback_type || c->cb != cb || c->arg != arg) continue;
        bide__list_remove(n);
        done_callback_free(c);
        f->callback_count--;
        removed++;
    }
    return removed;
}
