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

static void timers_sift_up(bide__timers *ts, uint32_t i, bide__timer_entry e) {
    while (i > 0) {
        uint32_t parent = (i - 1) / 4;
        if (!timers_before(&e, &ts->heap[parent])) break;
        timers_put(ts, i, ts->heap[parent]);
        i = parent;
    }
    timers_put(ts, i, e);
}

/* The smallest child of `i`, or 0 if it has none. */
static uint32_t timers_smallest_child(const bide__timers *ts, uint32_t i) {
    uint32_t first = 4 * i + 1, last = first + 4 < ts->count ? first + 4 : ts->count, best = first;
    if (first >= ts->count) return 0;
    for (uint32_t c = first + 1; c < last; c++)
        if (timers_before(&ts->heap[c], &ts->heap[best])) best = c;
    return best;
}

static void timers_sift_down(bide__timers *ts, uint32_t i, bide__timer_entry e) {
    for (uint32_t child; (child = timers_smallest_child(ts, i)) && timers_before(&ts->heap[child], &e); i = child)
        timers_put(ts, i, ts->heap[child]);
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
    timers_sift_up(ts, ts->count++, (bide__timer_entry){ when, ts->sequence++, t });
    return 0;
}

void bide__timers_remove(bide__timers *ts, bide__timer *t) {
    if (t->place == 0 || (BIDE__HAS(bide__debug) && !bide__debug_timer_may_leave(ts, t))) return;
    uint32_t i = t->place - 1;
    t->place = 0;
    bide__timer_entry last = ts->heap[--ts->count];
    if (i == ts->count) return;
    if (i > 0 && timers_before(&last, &ts->heap[(i - 1) / 4])) timers_sift_up(ts, i, last);
    else timers_sift_down(ts, i, last);
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
