/* wait.c -- wait until some of several futures are done.
 *
 * The state of a wait is one block: a count, and a node for each distinct future.
 * A wait always suspends. Futures are counted as done when the task runs again,
 * and by then more may be done than those that woke it. */
#include "task/waiter.h"

typedef struct wait_state wait_state;
typedef struct {
    bide__node node;
    wait_state *owner;
    bide_future *future;        /* counted; NULL: a repeated or NULL argument */
} wait_entry;

struct wait_state {
    bide__task *task;
    bide_return_when when;
    size_t count, pending;      /* pending: distinct futures whose end was not seen yet */
    wait_entry entries[];
};

static bool wait_is_failed(const bide_future *f) { return f->state == BIDE__FINISHED && f->value.kind == BIDE_ERROR; }

static void wait_entry_done(bide__node *n) {
    wait_entry *e = (wait_entry *)n;
    wait_state *w = e->owner;
    w->pending--;
    bool failed = wait_is_failed(e->future);
    if (failed && w->when == BIDE_FIRST_EXCEPTION) bide__future_retrieved(e->future);
    bool over = w->pending == 0 || w->when == BIDE_FIRST_COMPLETED || (failed && w->when == BIDE_FIRST_EXCEPTION);
    if (over && w->task->waiter == BIDE__WAITER_PENDING) bide__waiter_settle(w->task, BIDE__WAITER_DONE);
}

static void wait_entry_dropped(bide__node *n) { (void)n; }
static const bide__node_type wait_entry_type = { wait_entry_done, wait_entry_dropped };

bide_future *bide__wait_waiter(const bide__node *n) { return n->type == &wait_entry_type ? &((const wait_entry *)n)->owner->task->future : NULL; }

static void wait_add(wait_state *w, size_t i, bide_future *f) {
    wait_entry *e = &w->entries[i];
    *e = (wait_entry){ .node = { .type = &wait_entry_type }, .owner = w };
    if (!f || !bide__mark(f)) return;
    e->future = bide_retain(f);
    w->pending++;
    bide__future_add_node(f, &e->node);
}

static size_t wait_finish(wait_state *w, bool any_null) {
    size_t done = any_null;
    for (size_t i = 0; i < w->count; i++) {
        bide_future *f = w->entries[i].future;
        bide__list_remove(&w->entries[i].node);
        if (f && bide__done(f)) done++;
        bide_release(f);
    }
    bide__free(w, sizeof *w + w->count * sizeof(wait_entry));
    return done;
}

static int wait_arm(bide__task *t, double timeout) {
    bide_loop *loop = t->future.loop;
    int rc = timeout == INFINITY ? 0 : bide__timers_add(&loop->timers, &t->timer, bide__loop_now(loop) + timeout);
    if (rc == 0) t->timer.node.type = &bide__task_timer_type;
    return rc;
}

/* Let one turn of the loop pass, in place of a wait. */
static int wait_turn(bide__task *t) {
    bide__timers_remove(&t->future.loop->timers, &t->timer);
    t->timer.node.type = &bide__step_type;
    return bide_sleep(0);
}

static int wait_check(size_t n, double timeout, bide_return_when when) {
    BIDE__TEXT(empty, "Set of Tasks/Futures is empty.");
    BIDE__TEXT(mode, "Invalid return_when value");
    BIDE__TEXT(nan, "Invalid delay: NaN (not a number)");
    if (n == 0) return BIDE__FAIL(BIDE_EVALUE, empty);
    if (when != BIDE_ALL_COMPLETED && when != BIDE_FIRST_COMPLETED && when != BIDE_FIRST_EXCEPTION) return BIDE__FAIL(BIDE_EVALUE, mode);
    return isnan(timeout) ? BIDE__FAIL(BIDE_EVALUE, nan) : 0;
}

int bide_wait(bide_future *const *fs, size_t n, double timeout, bide_return_when when, size_t *n_done) {
    bool any_null = false;
    if (n_done) *n_done = 0;
    int rc = wait_check(n, timeout, when);
    bide__task *t = rc == 0 ? bide__self() : NULL;
    if (!t) return rc ? rc : BIDE_ERUNTIME;
    wait_state *w = n < SIZE_MAX / sizeof(wait_entry) / 2 ? bide__alloc(sizeof *w + n * sizeof(wait_entry)) : NULL;
    if (!w) return bide__fail_plain(BIDE_ENOMEM);
    *w = (wait_state){ .task = t, .when = when, .count = n };
    if (wait_arm(t, timeout) != 0) {
        bide__free(w, sizeof *w + n * sizeof(wait_entry));
        return BIDE_ENOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        wait_add(w, i, fs[i]);
        any_null |= !fs[i];
    }
    bide__unmark_all(fs, n);
    bool over = w->pending == 0 || (any_null && when != BIDE_ALL_COMPLETED);   /* a NULL future is done, and failed */
    rc = over ? wait_turn(t) : bide__wait(t, "others to end");
    size_t done = wait_finish(w, any_null);
    if (rc == 0 && n_done) *n_done = done;
    return rc;
}
BIDE__SUSPENDS(bide_wait);
