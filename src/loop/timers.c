/* timers.c -- a heap of four children a node, keyed (when, sequence).
 *
 * The keys stand in the array itself, so sifting writes each timer's place and
 * reads nothing of it. Timers of equal times keep the order in which they were
 * added, unless there were 2^31 others between. A timer knows its place, so one that is cancelled leaves at once.
 * Rejected: a pairing heap (three times slower at a million timers). */
#include "loop/timers.h"

#include "link.h"
#include "loop/coroutine.h"

BIDE__FAST;

static bool timers_before(const bide__timer_entry *a, const bide__timer_entry *b) {
    return a->when < b->when || (a->when == b->when && (int32_t)(a->sequence - b->sequence) < 0);
}

static void timers_put(bide__timers *ts, uint32_t i, bide__timer_entry e) {
    ts->heap[i] = e;
    e.timer->place = i + 1;
}

/* The smallest child of `i`, or 0 if it has none. */
static uint32_t timers_smallest_child(const bide__timers *ts, uint32_t i) {
    uint32_t first = 4 * i + 1, last = first + 4 < ts->count ? first + 4 : ts->count, best = first;
    if (first >= ts->count) return 0;
    for (uint32_t c = first + 1; c < last; c++)
        if (timers_before(&ts->heap[c], &ts->heap[best])) best = c;
    return best;
}

/* Whose entry belongs in `i` in place of `e`: the parent's, the smallest child's, or nobody's: `i`. */
static uint32_t timers_nearer(const bide__timers *ts, uint32_t i, const bide__timer_entry *e) {
    uint32_t parent = (i - 1) / 4, child;
    if (i > 0 && timers_before(e, &ts->heap[parent])) return parent;
    child = timers_smallest_child(ts, i);
    return child && timers_before(&ts->heap[child], e) ? child : i;
}

/* Put `e` where it belongs from `i` on, upwards or downwards. One loop for both is shorter. */
static __attribute__((noinline)) void timers_sift(bide__timers *ts, uint32_t i, bide__timer_entry e) {
    for (uint32_t next; (next = timers_nearer(ts, i, &e)) != i; i = next)
        timers_put(ts, i, ts->heap[next]);
    timers_put(ts, i, e);
}

static int timers_grow(bide__timers *ts) {
    uint32_t room = ts->room ? ts->room * 2 : 16;
    bide__timer_entry *heap = bide__resize(ts->heap, ts->room * sizeof *heap, room * sizeof *heap);
    if (!heap) return BIDE_ENOMEM;
    ts->heap = heap, ts->room = room;
    return 0;
}

int bide__timers_add(bide__timers *ts, bide__timer *t, double when) {
    if (ts->count == ts->room && timers_grow(ts) != 0) return bide__fail_plain(BIDE_ENOMEM);
    ts->count++;
    timers_sift(ts, ts->count - 1, (bide__timer_entry){ when, ts->sequence++, t });
    return 0;
}

void bide__timers_remove(bide__timers *ts, bide__timer *t) {
    if (t->place == 0 || (BIDE__HAS(bide__debug) && !bide__debug_timer_may_leave(ts, t))) return;
    uint32_t i = t->place - 1;
    t->place = 0;
    bide__timer_entry last = ts->heap[--ts->count];
    if (i < ts->count) timers_sift(ts, i, last);
}

bide__timer *bide__timers_pop_due(bide__timers *ts, double now) {
    if (ts->count == 0 || ts->heap[0].when > now) return NULL;
    bide__timer *t = ts->heap[0].timer;
    bide__timers_remove(ts, t);
    return t;
}

void bide__timers_free(bide__timers *ts) {
    bide__free(ts->heap, ts->room * sizeof *ts->heap);
    *ts = (bide__timers){ .heap = NULL };
}
