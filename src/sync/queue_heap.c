/* queue_heap.c -- the items of a priority queue, a binary heap.
 *
 * While the program's compare function runs, the heap is in pieces. So the function
 * can't wait. */
#include "sync/queue_heap.h"

#include <string.h>

/* The program's order. Nobody hears of an error in it, so the task's own errors stay as they are. */
static bool queue_ask(const bide_queue *q, const bide_value *a, const bide_value *b) {
    bide__coroutine *co = bide__current;
    bide__messages *const messages = co->messages;
    const bide__errors errors = co->errors;
    bide__pinned pinned;
    co->messages = NULL;
    bide__pin(&pinned);
    bool is_before = q->compare(a, b, q->compare_arg) < 0;
    bide__unpin();
    bide__coroutine_clear(co);
    co->messages = messages, co->errors = errors;
    return is_before;
}

static bool queue_before(const bide_queue *q, const bide_value *a, const bide_value *b) {
    return q->compare == bide__queue_compare ? bide__queue_compare(a, b, NULL) < 0 : queue_ask(q, a, b);
}

void bide__queue_sift_up(bide_queue *q, const bide_value *item) {
    size_t i = q->count;
    for (size_t parent; i > 0 && queue_before(q, item, &q->items[parent = (i - 1) / 2]); i = parent) q->items[i] = q->items[parent];
    q->items[i] = *item;
}

void bide__queue_sift_down(bide_queue *q, const bide_value *item) {
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < q->count; i = child) {
        if (child + 1 < q->count && queue_before(q, &q->items[child + 1], &q->items[child])) child++;
        if (!queue_before(q, &q->items[child], item)) break;
        q->items[i] = q->items[child];
    }
    q->items[i] = *item;
}

/* Compare an integer with a double, without rounding the integer. As in Python, NaN is before nothing, and nothing is before NaN. */
static int queue_compare_mixed(int64_t number, double real) {
    if (isnan(real)) return 0;
    if (real >= 0x1p63) return -1;
    if (real < -0x1p63) return 1;
    int64_t whole = (int64_t)real;
    if (number != whole) return number < whole ? -1 : 1;
    double rest = real - (double)whole;
    return rest > 0 ? -1 : rest < 0;
}

int bide__queue_compare(const bide_value *a, const bide_value *b, void *arg) {
    (void)arg;
    if (a->kind == BIDE_I64 && b->kind == BIDE_F64) return queue_compare_mixed(a->i64, b->f64);
    if (a->kind == BIDE_F64 && b->kind == BIDE_I64) return -queue_compare_mixed(b->i64, a->f64);
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind == BIDE_F64) return a->f64 < b->f64 ? -1 : a->f64 > b->f64;
    if (a->kind != BIDE_BYTES && a->kind != BIDE_TEXT) return a->i64 < b->i64 ? -1 : a->i64 > b->i64;
    int order = memcmp(a->bytes, b->bytes, a->size < b->size ? a->size : b->size);
    return order ? order : a->size < b->size ? -1 : a->size > b->size;
}
