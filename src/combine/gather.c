/* gather.c -- one future for the results of many.
 *
 * The future, a node for each argument and room for the list of results are
 * allocated at the start, so children that end need no memory. A future that stands
 * in several places has one node: if its newest callback is a node of this gather,
 * it was added before.
 *
 * While children are pending, the gather keeps itself. A gather that has ended does
 * not keep children that go on: if the program has dropped a plain future, nobody
 * could complete it any more. */
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
        bide_release(f);
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
    if (--g->pending == 0) bide_release(&g->future);
}

static void gather_child_done(bide__node *n) {
    gather_child *c = (gather_child *)n;
    gather *g = c->owner;
    gather_account(g, c);
    if (g->pending == 1 && !bide__done(&g->future)) gather_succeed(g);
    gather_child_over(g);
}

static void gather_child_dropped(bide__node *n) {
    gather_child *c = (gather_child *)n;
    if (!bide__done(c->future)) c->future = NULL;
    gather_child_over(c->owner);
}

static bool gather_cancel(bide_future *f) {
    gather *g = (gather *)f;
    bool any = false;
    for (size_t i = 0; i < g->count; i++)
        if (g->children[i].future && !bide__done(g->children[i].future) && bide_future_cancel(g->children[i].future)) any = true;
    if (any) g->cancel_requested = true;
    return any;
}

static void gather_destroy(bide_future *f) {
    gather *g = (gather *)f;
    for (size_t i = 0; i < g->count; i++) bide_release(g->children[i].future);
    if (g->results) bide__blob_release(g->results);
    bide_value_clear(&g->null_error);
    bide__future_free(f, gather_size(g->count));
}

static const bide__future_type gather_type = { "_GatheringFuture", gather_cancel, gather_destroy };

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
    if (!f || bide__done(f) || gather_is_of(f->callbacks.prev, g)) return;
    bide__list_add(&f->callbacks, &c->node);
    g->pending++;
}

/* Take account of the children that were done before; the gather may end by that. */
static void gather_account_done(gather *g) {
    for (size_t i = 0; i < g->count; i++)
        if (bide_future_done(g->children[i].future)) gather_account(g, &g->children[i]);
    if (g->pending == 0 && !bide__done(&g->future)) gather_succeed(g);
}

bide_future *bide_gather(bide_future *const *fs, size_t n, bool return_exceptions) {
    int null_code = bide__current->last ? bide__current->last : BIDE_EVALUE;
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
