/* queue.c -- items on their way between tasks.
 *
 * An item is not handed over. A put wakes the first getter, and the getter takes
 * what is there when it runs. If somebody was quicker, it waits again, at the tail.
 * So a cancelled get never loses an item. A task that is woken leaves the queue of
 * waiters at once. If it is then cancelled, it wakes the next.
 *
 * The arguments of a function that suspends are lost, but not what they point to. An
 * item is passed by its address in the caller's frame, which stays where it is while
 * the caller is suspended. So the task keeps that address, and the queue's. */
#include "sync/queue_heap.h"

#include "task/waiter.h"

BIDE__FAST;

enum { QUEUE_UNMADE, QUEUE_FIFO, QUEUE_LIFO, QUEUE_PRIORITY };

/* ------------------------------------------------------------------ the items */

static __attribute__((noinline)) int queue_grow(bide_queue *q) {
    size_t room = q->room ? q->room * 2 : 4;
    bide_value *items = room < SIZE_MAX / sizeof *items ? bide__alloc(room * sizeof *items) : NULL;
    if (!items) return bide__fail_plain(BIDE_ENOMEM);
    for (size_t i = 0; i < q->count; i++) items[i] = q->items[(q->head + i) & (q->room - 1)];
    bide__free(q->items, q->room * sizeof *items);
    q->items = items, q->room = room, q->head = 0;
    return 0;
}

static inline int queue_add(bide_queue *q, const bide_value *item) {
    if (q->count == q->room && queue_grow(q) != 0) return BIDE_ENOMEM;
    if (q->kind == QUEUE_PRIORITY) bide__queue_sift_up(q, item);
    else q->items[(q->head + q->count) & (q->room - 1)] = *item;
    q->count++;
    return 0;
}

static inline void queue_take(bide_queue *q, bide_value *item) {
    q->count--;
    if (q->kind == QUEUE_LIFO) {
        *item = q->items[q->count];
        return;
    }
    *item = q->items[q->head];
    if (q->kind == QUEUE_FIFO) q->head = (q->head + 1) & (q->room - 1);
    else if (q->count > 0) bide__queue_sift_down(q, &q->items[q->count]);
}

/* ------------------------------------------------------------------ life */

static int queue_check(const bide_queue *q) {
    BIDE__TEXT(unmade, "the queue was not initialised");
    return q->kind != QUEUE_UNMADE ? 0 : BIDE__FAIL(BIDE_EVALUE, unmade);
}

static int queue_init(bide_queue *q, int maxsize, uint8_t kind) {
    BIDE__TEXT(negative, "maxsize must be >= 0");
    *q = (bide_queue){ .kind = QUEUE_UNMADE };
    if (maxsize < 0) return BIDE__FAIL(BIDE_EVALUE, negative);
    q->kind = kind, q->maxsize = (size_t)maxsize;
    bide_event_set(&q->finished);
    return 0;
}

int bide_queue_init(bide_queue *q, int maxsize) { return queue_init(q, maxsize, QUEUE_FIFO); }
int bide_lifo_queue_init(bide_queue *q, int maxsize) { return queue_init(q, maxsize, QUEUE_LIFO); }

int bide_priority_queue_init(bide_queue *q, int maxsize, bide_compare *compare, void *arg) {
    int rc = queue_init(q, maxsize, QUEUE_PRIORITY);
    q->compare = compare ? compare : bide__queue_compare, q->compare_arg = arg;
    return rc;
}

static __attribute__((noinline)) void queue_drop_one(bide_queue *q) {
    bide_value item;
    queue_take(q, &item);
    bide__clear(&item);
}

static void queue_drop_items(bide_queue *q) {
    while (q->count > 0) {
        queue_drop_one(q);
        if (q->unfinished > 0) q->unfinished--;
    }
}

void bide_queue_clear(bide_queue *q) {
    queue_drop_items(q);
    bide__free(q->items, q->room * sizeof *q->items);
    *q = (bide_queue){ .kind = QUEUE_UNMADE };
}

size_t bide_queue_qsize(const bide_queue *q) { return q->count; }
bool bide_queue_empty(const bide_queue *q) { return q->count == 0; }
bool bide_queue_full(const bide_queue *q) { return q->maxsize > 0 && q->count >= q->maxsize; }

/* ------------------------------------------------------------------ without waiting */

static inline void queue_wake_next(bide__waiters *ws) {
    bide__check_waiters(ws);
    while (ws->first) {
        bide__task *t = bide__waiters_pop(ws);
        if (t->waiter != BIDE__WAITER_PENDING) continue;
        bide__wake(t);
        return;
    }
}

/* The same, out of line: it is rare. */
static __attribute__((noinline)) void queue_pass_on(bide__waiters *ws) { queue_wake_next(ws); }

/* What offer and obtain answer when only waiting helps. It is no code. */
enum { QUEUE_MUST_WAIT = 1 };

/* 0: the item is taken. Else it is still the caller's. */
static inline int queue_offer(bide_queue *q, const bide_value *item) {
    if (q->is_shutdown) return bide__fail_plain(BIDE_ESHUTDOWN);
    if (bide_queue_full(q)) return QUEUE_MUST_WAIT;
    if (queue_add(q, item) != 0) return BIDE_ENOMEM;
    q->unfinished++;
    bide_event_clear(&q->finished);
    if (q->getters.first) queue_wake_next(&q->getters);
    return 0;
}

static inline int queue_obtain(bide_queue *q, bide_value *item) {
    if (q->count == 0) return q->is_shutdown ? bide__fail_plain(BIDE_ESHUTDOWN) : QUEUE_MUST_WAIT;
    if (item) queue_take(q, item);
    else queue_drop_one(q);
    if (q->putters.first) queue_wake_next(&q->putters);
    return 0;
}

/* 0 if it is a queue and the item is no error. */
static inline int queue_check_item(const bide_queue *q, const bide_value *item) {
    int rc = queue_check(q);
    return rc == 0 && item->kind == BIDE_ERROR ? bide__fail_value(item) : rc;
}

int bide_queue_put_nowait(bide_queue *q, bide_value item) {
    int rc = queue_check_item(q, &item);
    if (rc == 0) rc = queue_offer(q, &item);
    if (rc == QUEUE_MUST_WAIT) rc = bide__fail_plain(BIDE_EFULL);
    if (rc != 0) bide__clear(&item);
    return rc;
}

int bide_queue_get_nowait(bide_queue *q, bide_value *item) {
    bide__out_none(item);
    int rc = queue_check(q);
    if (rc == 0) rc = queue_obtain(q, item);
    return rc == QUEUE_MUST_WAIT ? bide__fail_plain(BIDE_EEMPTY) : rc;
}

/* ------------------------------------------------------------------ waiting */

/* Queue the running task; NULL with the error noted if there is none. */
static inline bide__task *queue_begin_wait(bide_queue *q, bide__waiters *ws, const char *waits_for) {
    bide__task *t = bide__self();
    if (!t) return NULL;
    t->waits_on = q;
    bide__waiters_add(ws, t);
    bide__waiter_begin(t, waits_for);
    return t;
}

/* The task runs again. If it was woken and then cancelled, it passes the wake-up on, unless nobody could use it. */
static inline int queue_end_put(bide_queue **q, bide_value **item) {
    bide__task *t = bide__resumed();
    *q = t->waits_on, *item = t->out;
    t->puts = false;
    int rc = bide__waiter_end(t);
    if (rc != 0 && t->was_woken && !bide_queue_full(*q)) queue_pass_on(&(*q)->putters);
    return rc;
}

static inline int queue_end_get(bide_queue **q, bide_value **item) {
    bide__task *t = bide__resumed();
    *q = t->waits_on, *item = t->out;
    int rc = bide__waiter_end(t);
    if (rc != 0 && t->was_woken && (*q)->count > 0) queue_pass_on(&(*q)->getters);
    return rc;
}

CORO_LEAF int bide_queue_put(bide_queue *q, bide_value item) {
    bide_value *from = &item;
    int rc = coro_rewinding() ? (coro_rewound(), queue_end_put(&q, &from)) : queue_check_item(q, &item);
    while (rc == 0 && (rc = queue_offer(q, from)) == QUEUE_MUST_WAIT) {
        bide__task *t = queue_begin_wait(q, &q->putters, "room in a queue");
        rc = BIDE_ERUNTIME;
        if (!t) break;
        t->out = from, t->puts = true;
        if (coro_suspend(&t->coro)) return 0;
        rc = queue_end_put(&q, &from);
    }
    if (rc != 0) bide__clear(from);
    from->kind = BIDE_NONE;
    return rc;
}
BIDE__SUSPENDS(bide_queue_put);

CORO_LEAF int bide_queue_get(bide_queue *q, bide_value *item) {
    int rc = coro_rewinding() ? (coro_rewound(), queue_end_get(&q, &item)) : queue_check(q);
    while (rc == 0 && (rc = queue_obtain(q, item)) == QUEUE_MUST_WAIT) {
        bide__task *t = queue_begin_wait(q, &q->getters, "an item of a queue");
        rc = BIDE_ERUNTIME;
        if (!t) break;
        t->out = item;
        if (coro_suspend(&t->coro)) return 0;
        rc = queue_end_get(&q, &item);
    }
    if (rc != 0) bide__out_none(item);
    return rc;
}
BIDE__SUSPENDS(bide_queue_get);

/* ------------------------------------------------------------------ join and shutdown */

int bide_queue_task_done(bide_queue *q) {
    BIDE__TEXT(too_often, "task_done() called too many times");
    int rc = queue_check(q);
    if (rc != 0) return rc;
    if (q->unfinished == 0) return BIDE__FAIL(BIDE_EVALUE, too_often);
    if (--q->unfinished == 0) bide_event_set(&q->finished);
    return 0;
}

int bide_queue_join(bide_queue *q) {
    int rc = queue_check(q);
    return rc == 0 && q->unfinished > 0 ? bide_event_wait(&q->finished) : rc;
}
BIDE__SUSPENDS(bide_queue_join);

static void queue_wake_all(bide__waiters *ws) {
    while (ws->first) queue_pass_on(ws);
}

int bide_queue_shutdown(bide_queue *q, bool immediate) {
    int rc = queue_check(q);
    if (rc != 0) return rc;
    q->is_shutdown = true;
    if (immediate) {
        queue_drop_items(q);
        if (q->unfinished == 0) bide_event_set(&q->finished);
    }
    queue_wake_all(&q->getters);
    queue_wake_all(&q->putters);
    return 0;
}
