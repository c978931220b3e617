/* queue.c -- items on their way between tasks.
 *
 * An item is not handed over: a put wakes the first getter, which takes what is
 * there when it runs, and waits again, at the tail, if somebody was quicker. So
 * a cancelled get never loses an item. Who is woken leaves the queue of waiters
 * at once; who is woken and then cancelled wakes the next. */
#include "internal.h"

#include <string.h>

enum { UNMADE, FIFO, LIFO, PRIORITY };

/* ------------------------------------------------------------------ the items */

static int grow(bide_queue *q) {
    size_t room = q->room ? q->room * 2 : 4;
    bide_value *items = room < SIZE_MAX / sizeof *items ? bide__alloc(room * sizeof *items) : NULL;
    if (!items) return bide__fail_plain(BIDE_ENOMEM);
    for (size_t i = 0; i < q->count; i++) items[i] = q->items[(q->head + i) & (q->room - 1)];
    bide__free(q->items, q->room * sizeof *items);
    q->items = items, q->room = room, q->head = 0;
    return 0;
}

static bool before(const bide_queue *q, const bide_value *a, const bide_value *b) { return q->compare(a, b, q->compare_arg) < 0; }

static void sift_up(bide_queue *q, size_t i, bide_value item) {
    for (size_t parent; i > 0 && before(q, &item, &q->items[parent = (i - 1) / 2]); i = parent) q->items[i] = q->items[parent];
    q->items[i] = item;
}

static void sift_down(bide_queue *q, size_t i, bide_value item) {
    for (size_t child; (child = 2 * i + 1) < q->count; i = child) {
        if (child + 1 < q->count && before(q, &q->items[child + 1], &q->items[child])) child++;
        if (!before(q, &q->items[child], &item)) break;
        q->items[i] = q->items[child];
    }
    q->items[i] = item;
}

static int add(bide_queue *q, bide_value item) {
    if (q->count == q->room && grow(q) != 0) return BIDE_ENOMEM;
    if (q->kind == PRIORITY) sift_up(q, q->count, item);
    else q->items[(q->head + q->count) & (q->room - 1)] = item;
    q->count++;
    return 0;
}

static bide_value take(bide_queue *q) {
    bide_value item;
    q->count--;
    if (q->kind == LIFO) return q->items[(q->head + q->count) & (q->room - 1)];
    item = q->items[q->head];
    if (q->kind == FIFO) q->head = (q->head + 1) & (q->room - 1);
    else if (q->count > 0) sift_down(q, 0, q->items[q->count]);
    return item;
}

/* ------------------------------------------------------------------ life */

static int check(const bide_queue *q) {
    BIDE__TEXT(unmade, "the queue was not initialised");
    return q->kind != UNMADE ? 0 : BIDE__FAIL(BIDE_EVALUE, unmade);
}

static int init(bide_queue *q, int maxsize, uint8_t kind) {
    BIDE__TEXT(negative, "maxsize must be >= 0");
    *q = (bide_queue){ .kind = UNMADE };
    if (maxsize < 0) return BIDE__FAIL(BIDE_EVALUE, negative);
    q->kind = kind, q->maxsize = (size_t)maxsize;
    bide_event_set(&q->finished);
    return 0;
}

/* An integer and a double, without rounding the integer. Nothing is before NaN, and NaN before nothing, as in Python. */
static int compare_mixed(int64_t number, double real) {
    if (isnan(real)) return 0;
    if (real >= 0x1p63) return -1;
    if (real < -0x1p63) return 1;
    int64_t whole = (int64_t)real;
    if (number != whole) return number < whole ? -1 : 1;
    double rest = real - (double)whole;
    return rest > 0 ? -1 : rest < 0;
}

/* Numbers by size, bytes as memcmp; other kinds in the order of their numbers. */
static int compare_values(const bide_value *a, const bide_value *b, void *arg) {
    (void)arg;
    if (a->kind == BIDE_I64 && b->kind == BIDE_F64) return compare_mixed(a->i64, b->f64);
    if (a->kind == BIDE_F64 && b->kind == BIDE_I64) return -compare_mixed(b->i64, a->f64);
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind == BIDE_F64) return a->f64 < b->f64 ? -1 : a->f64 > b->f64;
    if (a->kind != BIDE_BYTES) return a->i64 < b->i64 ? -1 : a->i64 > b->i64;
    int order = memcmp(a->bytes, b->bytes, a->size < b->size ? a->size : b->size);
    return order ? order : a->size < b->size ? -1 : a->size > b->size;
}

int bide_queue_init(bide_queue *q, int maxsize) { return init(q, maxsize, FIFO); }
int bide_lifo_queue_init(bide_queue *q, int maxsize) { return init(q, maxsize, LIFO); }

int bide_priority_queue_init(bide_queue *q, int maxsize, bide_compare *compare, void *arg) {
    int rc = init(q, maxsize, PRIORITY);
    q->compare = compare ? compare : compare_values, q->compare_arg = arg;
    return rc;
}

static void drop_items(bide_queue *q) {
    while (q->count > 0) {
        bide_value item = take(q);
        bide_value_clear(&item);
        if (q->unfinished > 0) q->unfinished--;
    }
}

void bide_queue_clear(bide_queue *q) {
    drop_items(q);
    bide__free(q->items, q->room * sizeof *q->items);
    *q = (bide_queue){ .kind = UNMADE };
}

size_t bide_queue_qsize(const bide_queue *q) { return q->count; }
bool bide_queue_empty(const bide_queue *q) { return q->count == 0; }
bool bide_queue_full(const bide_queue *q) { return q->maxsize > 0 && q->count >= q->maxsize; }

/* ------------------------------------------------------------------ without waiting */

static void wake_next(bide__waiters *ws) {
    bide__check_waiters(ws);
    while (ws->first) {
        bide__task *t = bide__task_of_place(ws->first);
        bool pending = t->waiter == BIDE__WAITER_PENDING;
        bide__waiters_remove(t);
        bide__wake(t);
        if (pending) return;
    }
}

/* The item is taken only if it answers 0. */
static int put_now(bide_queue *q, bide_value item) {
    if (q->is_shutdown) return bide__fail_plain(BIDE_ESHUTDOWN);
    if (bide_queue_full(q)) return bide__fail_plain(BIDE_EFULL);
    if (add(q, item) != 0) return BIDE_ENOMEM;
    q->unfinished++;
    bide_event_clear(&q->finished);
    wake_next(&q->getters);
    return 0;
}

static int get_now(bide_queue *q, bide_value *item) {
    if (q->count == 0) return bide__fail_plain(q->is_shutdown ? BIDE_ESHUTDOWN : BIDE_EEMPTY);
    bide__value_out(item, take(q));
    wake_next(&q->putters);
    return 0;
}

/* Whether it is a queue and the item no error. */
static int check_item(const bide_queue *q, const bide_value *item) {
    int rc = check(q);
    return rc == 0 && item->kind == BIDE_ERROR ? bide__fail_value(item) : rc;
}

int bide_queue_put_nowait(bide_queue *q, bide_value item) {
    int rc = check_item(q, &item);
    if (rc == 0) rc = put_now(q, item);
    if (rc != 0) bide_value_clear(&item);
    return rc;
}

int bide_queue_get_nowait(bide_queue *q, bide_value *item) {
    bide__out_none(item);
    int rc = check(q);
    return rc == 0 ? get_now(q, item) : rc;
}

/* ------------------------------------------------------------------ waiting */

/* Wait once in `ws`. A wake-up that a cancellation overtook is passed on if it still means something. */
static int wait_in(bide_queue *q, bide__waiters *ws) {
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    int rc = bide__wait_in(ws, t, ws == &q->getters ? "an item of a queue" : "room in a queue");
    bool useful = ws == &q->getters ? q->count > 0 : !bide_queue_full(q);
    if (rc != 0 && t->was_woken && useful) wake_next(ws);
    return rc;
}

int bide_queue_put(bide_queue *q, bide_value item) {
    int rc = check_item(q, &item);
    while (rc == 0 && bide_queue_full(q) && !q->is_shutdown) rc = wait_in(q, &q->putters);
    if (rc == 0) rc = put_now(q, item);
    if (rc != 0) bide_value_clear(&item);
    return rc;
}

int bide_queue_get(bide_queue *q, bide_value *item) {
    bide__out_none(item);
    int rc = check(q);
    while (rc == 0 && q->count == 0 && !q->is_shutdown) rc = wait_in(q, &q->getters);
    return rc == 0 ? get_now(q, item) : rc;
}

/* ------------------------------------------------------------------ join and shutdown */

int bide_queue_task_done(bide_queue *q) {
    BIDE__TEXT(too_often, "task_done() called too many times");
    int rc = check(q);
    if (rc != 0) return rc;
    if (q->unfinished == 0) return BIDE__FAIL(BIDE_EVALUE, too_often);
    if (--q->unfinished == 0) bide_event_set(&q->finished);
    return 0;
}

int bide_queue_join(bide_queue *q) {
    int rc = check(q);
    return rc == 0 && q->unfinished > 0 ? bide_event_wait(&q->finished) : rc;
}

static void wake_all(bide__waiters *ws) {
    while (ws->first) wake_next(ws);
}

int bide_queue_shutdown(bide_queue *q, bool immediate) {
    int rc = check(q);
    if (rc != 0) return rc;
    q->is_shutdown = true;
    if (immediate) {
        drop_items(q);
        if (q->unfinished == 0) bide_event_set(&q->finished);
    }
    wake_all(&q->getters);
    wake_all(&q->putters);
    return 0;
}
