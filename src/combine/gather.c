/* gather.c -- one future for the results of many.
 *
 * The future, a node for each argument and room for the list of results are
 * allocated at the start, so children that end need no memory. A future that stands
 * in several places has one node: if its newest callback is a node of this gather,
 * it was added before.
 *
 * While children are pending, the gather keeps itself. A gather that has ended does
 * not keep children that go on: if the program has dropped a plain future, nobody
 * could complete it any more.
 *
 * Gathers may be children of gathers, and of tasks that gathers wait for, thousands
 * deep. So a cancel request walks them, and what it needs for that stands in each
 * gather. Python recurses. */
#include "link.h"
#include "task/future.h"

typedef struct gather gather;
typedef struct {
    bide__node node;
    gather *owner;
    bide_future *future;       /* NULL: the argument was. Counted until the gather ends, then once it is done itself */
} gather_child;

struct gather {
    bide_future future;
    bide__blob *results;       /* room for the list; NULL once handed over */
    bide_value null_error;     /* what NULL arguments failed with */
    size_t count, pending;
    bool return_exceptions, cancel_requested;
    bool walked, any_cancelled;    /* by gather_cancel */
    size_t at;                     /* the child that is next there */
    gather *outer;                 /* whose child, or child's task, asked for that; NULL: none */
    gather_child children[];
};

static size_t gather_size(size_t n) { return sizeof(gather) + n * sizeof(gather_child); }
static void gather_child_done(bide__node *n);
static void gather_child_dropped(bide__node *n);
static const bide__node_type gather_child_type = { gather_child_done, gather_child_dropped };

/* Finish with an error: `message` is borrowed. */
static void gather_fail(gather *g, int code, bide__blob *message) {
    g->future.value = bide__error_value(code, message);
    bide__future_complete(&g->future, BIDE__FINISHED);
}

static bide_value gather_outcome_of(const gather_child *c) {
    if (!c->future) return bide_value_copy(c->owner->null_error);
    bide__future_retrieved(c->future);
    if (c->future->state == BIDE__CANCELLED && c->future->value.kind != BIDE_ERROR) return bide__error_value(BIDE_ECANCELED, NULL);
    return bide_value_copy(c->future->value);
}

static void gather_succeed(gather *g) {
    bide_value *items = (bide_value *)bide__blob_data(g->results);
    for (size_t i = 0; i < g->count; i++) items[i] = gather_outcome_of(&g->children[i]);
    g->future.value.kind = BIDE_LIST;
    g->future.value.count = g->count;
    g->future.value.items = items;
    g->results = NULL;
    if (!g->cancel_requested) {
        bide__future_complete(&g->future, BIDE__FINISHED);
        return;
    }
    bide_value_clear(&g->future.value);
    gather_fail(g, BIDE_ECANCELED, NULL);
}

/* The gather has ended: it gives up its references to children that are pending. Each is counted again when it is done. */
static void gather_let_pending_go(gather *g) {
    for (size_t i = 0; i < g->count; i++) {
        gather_child *c = &g->children[i];
        bide_future *f = c->future;
        if (bide_future_done(f)) continue;
        if (c->node.next) f->callback_count++;
        else c->future = NULL;                /* the node of another place is to be called */
        bide__release_in_turn(f);
    }
}

/* A child is done. If it has failed, that may end the gather. */
static void gather_account(gather *g, const gather_child *c) {
    if (bide__done(&g->future)) {
        if (c->future) bide__future_retrieved(c->future);
        return;
    }
    if (g->return_exceptions) return;
    bide_value outcome = gather_outcome_of(c);
    if (outcome.kind == BIDE_ERROR) {
        gather_fail(g, outcome.code, bide__blob_of(outcome.message));
        gather_let_pending_go(g);
    }
    bide_value_clear(&outcome);
}

/* A child less to wait for. After the last, the gather gives up the reference to itself. */
static void gather_child_over(gather *g) {
    if (--g->pending == 0) bide__release_in_turn(&g->future);
}

static void gather_child_done(bide__node *n) {
    gather_child *c = (gather_child *)n;
    gather *g = c->owner;
    gather_account(g, c);
    if (g->pending == 1 && !bide__done(&g->future)) gather_succeed(g);
    gather_child_over(g);
}

/* The loop closes, and no child is left that could end the gather: those that wait for it are dropped as well. */
static void gather_forget(gather *g) {
    static bide__node forgotten = { &forgotten, &forgotten, NULL };
    static bool walking;
    bide__list_add(&forgotten, &g->future.link);
    if (walking) return;
    for (walking = true; !bide__list_empty(&forgotten);) {
        bide_future *f = bide__future_by_link(forgotten.next);
        bide__list_remove(&f->link);
        bide__list_drop(bide__callbacks(f));
        bide__release_in_turn(f);
    }
    walking = false;
}

static void gather_child_dropped(bide__node *n) {
    gather_child *c = (gather_child *)n;
    gather *g = c->owner;
    bide_future *f = c->future;
    if (!bide__done(f)) c->future = NULL;
    if (!bide__done(f) && !bide__done(&g->future)) bide__release_in_turn(f);
    if (g->pending == 1 && !bide__done(&g->future)) gather_forget(g);
    else gather_child_over(g);
}

/* The gather whose children are being cancelled; NULL: none. */
static gather *gather_walk;

static void gather_walk_into(gather *g) {
    g->outer = gather_walk, g->at = 0, g->walked = true, g->any_cancelled = false;
    gather_walk = g;
}

/* Back to the gather around it, or to a task that was told before that there is something to cancel. */
static void gather_walk_out(gather *g) {
    g->walked = false;
    if (g->any_cancelled) g->cancel_requested = true;
    gather_walk = g->outer;
    if (g->outer && g->any_cancelled) g->outer->any_cancelled = true;
}

static gather *gather_of(bide_future *f);

/* Cancel the next child, or begin to walk it. The walk goes on with what that has led to: a child that is a task may wait for a gather. */
static void gather_walk_on(gather *g) {
    bide_future *f = g->at < g->count ? g->children[g->at++].future : NULL;
    if (!f || bide__done(f)) return;
    gather *below = gather_of(f);
    if (below && !below->walked) gather_walk_into(below);
    else if (!below && bide_future_cancel(f)) g->any_cancelled = true;
}

/* Walk `g` and what is below. Answers whether anything was cancelled. */
static bool gather_walk_all(gather *g) {
    for (gather_walk_into(g); gather_walk != g || g->at < g->count;) {
        if (gather_walk->at < gather_walk->count) gather_walk_on(gather_walk);
        else gather_walk_out(gather_walk);
    }
    gather_walk_out(g);
    return g->any_cancelled;
}

/* Whether a walk would find something to cancel: a pending child that is no gather, at any depth of gathers. */
static bool gather_finds_pending(gather *g) {
    for (g->outer = NULL, g->at = 0; g;) {
        bide_future *f = g->at < g->count ? g->children[g->at].future : NULL;
        gather *below = f && !bide__done(f) ? gather_of(f) : NULL;
        if (f && !bide__done(f) && !below) return true;
        if (g->at++ >= g->count) g = g->outer;
        else if (below && !below->walked) below->outer = g, below->at = 0, g = below;
    }
    return false;
}

bool bide__gather_is_walked(const bide_future *f) { return gather_of((bide_future *)f) && ((const gather *)f)->walked; }

static bool gather_cancel(bide_future *f) {
    gather *g = (gather *)f;
    if (g->walked) return false;           /* the task that asks waits for itself by way of the gather */
    if (!gather_walk) return gather_walk_all(g);           /* else the walk that is under way does it next */
    if (!gather_finds_pending(g)) return false;
    gather_walk_into(g);
    return true;
}

static void gather_destroy(bide_future *f) {
    gather *g = (gather *)f;
    for (size_t i = 0; i < g->count; i++) bide__release_in_turn(g->children[i].future);
    if (g->results) bide__blob_release(g->results);
    bide_value_clear(&g->null_error);
    bide__future_free(f, gather_size(g->count));
}

static const bide__future_type gather_type = { "_GatheringFuture", gather_cancel, gather_destroy };
static gather *gather_of(bide_future *f) { return f->type == &gather_type ? (gather *)f : NULL; }

bide_future *bide__gather_waiter(const bide__node *n) { return n->type == &gather_child_type ? &((const gather_child *)n)->owner->future : NULL; }

bool bide__gather_child(const bide_future *f, size_t i, bide_future **to) {
    const gather *g = (const gather *)f;
    if (f->type != &gather_type || i >= g->count) return false;
    *to = g->children[i].future;
    return true;
}

/* The loop of the futures, else the current one; NULL with the error noted. */
static bide_loop *gather_loop(bide_future *const *fs, size_t n) {
    BIDE__TEXT(mixed, "The future belongs to a different loop than the one specified as the loop argument");
    bide_loop *loop = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!fs[i]) continue;
        if (loop && fs[i]->loop != loop) return BIDE__FAIL(BIDE_EVALUE, mixed), NULL;
        loop = fs[i]->loop;
    }
    return loop ? loop : bide__loop(NULL);
}

static bool gather_is_of(const bide__node *n, const gather *g) {
    return n->type == &gather_child_type && ((const gather_child *)n)->owner == g;
}

static void gather_add_child(gather *g, size_t i, bide_future *f) {
    gather_child *c = &g->children[i];
    *c = (gather_child){ .node = { .type = &gather_child_type }, .owner = g, .future = bide_retain(f) };
    if (!f || bide__done(f) || gather_is_of(bide__callbacks(f)->prev, g)) return;
    bide__list_add(bide__callbacks(f), &c->node);
    g->pending++;
}

/* Take account of the children that were done before; the gather may end by that. */
static void gather_account_done(gather *g) {
    for (size_t i = 0; i < g->count; i++)
        if (bide_future_done(g->children[i].future)) gather_account(g, &g->children[i]);
    if (g->pending == 0 && !bide__done(&g->future)) gather_succeed(g);
}

bide_future *bide_gather(bide_future *const *fs, size_t n, bool return_exceptions) {
    int null_code = bide__current->errors.last ? bide_last_error() : BIDE_EVALUE;
    bide_loop *loop = gather_loop(fs, n);
    if (!loop) return NULL;
    bide__blob *results = n < SIZE_MAX / sizeof(gather_child) / 2 ? bide__blob_new(n * sizeof(bide_value)) : NULL;
    gather *g = results ? (gather *)bide__future_new(loop, &gather_type, gather_size(n)) : NULL;
    if (!g) {
        if (results) bide__blob_release(results);
        return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    }
    g->results = results, g->count = n, g->return_exceptions = return_exceptions;
    bide__set_error(&g->null_error, null_code, bide__message_of(bide__current, null_code));
    for (size_t i = 0; i < n; i++) gather_add_child(g, i, fs[i]);
    if (g->pending > 0) bide_retain(&g->future);
    gather_account_done(g);
    return &g->future;
}

int bide_gather_join(bide_future *const *fs, size_t n, bool return_exceptions, bide_value *result) {
    bide_future *g = bide_gather(fs, n, return_exceptions);
    bide_release_all(fs, n);
    return bide_join(g, result);
}
BIDE__SUSPENDS(bide_gather_join);
