/* as_completed.c -- futures in the order in which they end.
 *
 * asyncio puts each future that ends into a queue. Here the entries themselves are
 * linked, so nothing is allocated after the start. When the timeout strikes, each
 * future that is left counts as one BIDE_ETIMEDOUT to be handed out. */
#include "task/waiter.h"

typedef struct bide__completion {
    bide__node node;
    bide_as_completed *it;
    bide_future *future;               /* counted; NULL: a repeated or NULL argument */
    struct bide__completion *after;    /* the next that has ended */
} completion;

static void completion_ended(bide__node *n) {
    completion *e = (completion *)n;
    bide_as_completed *it = e->it;
    if (it->last) it->last->after = e;
    else it->first = e;
    it->last = e;
    if (--it->pending == 0) bide__timers_remove(&it->loop->timers, &it->timer);
    bide__wake_first(&it->waiting);
}

static void completion_dropped(bide__node *n) { (void)n; }
static const bide__node_type completion_type = { completion_ended, completion_dropped };

bide_future *bide__as_completed_waiter(const bide__node *n) {
    const struct bide__waiter *oldest = n->type == &completion_type ? ((const completion *)n)->it->waiting.first : NULL;
    return oldest ? &bide__task_of_place(oldest)->future : NULL;
}

static void completion_time_out(bide__node *n) {
    bide_as_completed *it = (bide_as_completed *)((char *)n - offsetof(bide_as_completed, timer.node));
    for (size_t i = 0; i < it->count; i++) bide__list_remove(&it->entries[i].node);    /* also a future that has ended in this turn comes too late */
    for (it->timed_out = it->pending, it->pending = 0; bide__wake_first(&it->waiting);) {}
}

static const bide__node_type completion_timer_type = { completion_time_out, completion_dropped };

static void completion_add(bide_as_completed *it, completion *e, bide_future *f) {
    *e = (completion){ .node = { .type = &completion_type }, .it = it };
    if (!f || !bide__mark(f)) return;
    e->future = bide_retain(f);
    it->pending++, it->left++;
    bide__future_add_node(f, &e->node);
}

static int completion_arm(bide_as_completed *it, double timeout) {
    if (timeout == INFINITY || it->pending == 0) return 0;
    return bide__timers_add(&it->loop->timers, &it->timer, bide__loop_now(it->loop) + timeout);
}

int bide_as_completed_init(bide_as_completed *it, bide_future *const *fs, size_t n, double timeout) {
    BIDE__TEXT(nan, "Invalid delay: NaN (not a number)");
    *it = (bide_as_completed){ .timer.node.type = &completion_timer_type };
    bide_loop *loop = bide_get_running_loop();
    if (!loop) return BIDE_ERUNTIME;
    if (isnan(timeout)) return BIDE__FAIL(BIDE_EVALUE, nan);
    if (n > SIZE_MAX / sizeof(completion) / 2 || !(it->entries = bide__alloc(n * sizeof(completion)))) return bide__fail_plain(BIDE_ENOMEM);
    it->count = n, it->loop = bide__loop_retain(loop);
    for (size_t i = 0; i < n; i++) completion_add(it, &it->entries[i], fs[i]);
    bide__unmark_all(fs, n);
    int rc = completion_arm(it, timeout);
    if (rc != 0) bide_as_completed_clear(it);
    return rc;
}

size_t bide_as_completed_left(const bide_as_completed *it) { return it->left; }

static completion *completion_take(bide_as_completed *it) {
    completion *e = it->first;
    if (e && !(it->first = e->after)) it->last = NULL;
    return e;
}

/* Wait until there is something to take. Who was woken and then cancelled passes the wake-up on. */
static int completion_wait(bide_as_completed *it, bide__task *t) {
    while (!it->first && it->timed_out == 0) {
        int rc = bide__wait_in(&it->waiting, t, "the next of several");
        if (rc == 0) continue;
        if (t->was_woken && (it->first || it->timed_out > 0)) bide__wake_first(&it->waiting);
        return rc;
    }
    return 0;
}

int bide_as_completed_next(bide_as_completed *it, bide_future **f) {
    if (f) *f = NULL;
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    if (it->left == 0) return bide__fail_plain(BIDE_ESTOP);
    it->left--;
    int rc = completion_wait(it, t);
    if (rc != 0) return rc;
    completion *e = completion_take(it);
    if (e && f) *f = e->future;
    return e ? 0 : (it->timed_out--, bide__fail_plain(BIDE_ETIMEDOUT));
}
BIDE__SUSPENDS(bide_as_completed_next);

void bide_as_completed_clear(bide_as_completed *it) {
    if (!it->loop) return;
    bide__timers_remove(&it->loop->timers, &it->timer);
    bide__list_remove(&it->timer.node);
    for (size_t i = 0; i < it->count; i++) {
        bide__list_remove(&it->entries[i].node);
        bide_release(it->entries[i].future);
    }
    bide__free(it->entries, it->count * sizeof(completion));
    bide__loop_unref(it->loop);
    *it = (bide_as_completed){ .loop = NULL };
}
