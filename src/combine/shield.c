/* shield.c -- a future that ends with another, but whose cancellation stays outside.
 *
 * A shield has two nodes, as asyncio's has two callbacks:
 *   on_inner   waits for the inner future, and copies its outcome
 *   on_outer   waits for the shield's own end. If that was a cancellation, it turns
 *              on_inner into a watch that reports a later error of the inner future.
 *              A future with many shields has one such watch
 *
 * The shield keeps itself while a node of it stands with the inner future. It does
 * not keep a pending inner future: what runs keeps itself, and if the program has
 * dropped a plain future, nobody could complete it any more. It keeps a future that
 * is done until its node has run, as a user's callback does. */
#include "task/report.h"

typedef struct {
    bide_future future;
    bide_future *inner;         /* NULL: on_inner does not stand with it any more. Counted from its end on */
    bide__node on_inner, on_outer;
} shield;

static shield *shield_by_inner(bide__node *n) { return (shield *)((char *)n - offsetof(shield, on_inner)); }
static shield *shield_by_outer(bide__node *n) { return (shield *)((char *)n - offsetof(shield, on_outer)); }

/* on_inner has run, or never will. */
static void shield_leave_inner(shield *s) {
    bide_future *inner = s->inner;
    s->inner = NULL;
    if (bide__done(inner)) bide__release_in_turn(inner);
    bide__release_in_turn(&s->future);
}

static void shield_inner_dropped(bide__node *n) { shield_leave_inner(shield_by_inner(n)); }
static void shield_outer_dropped(bide__node *n) {
    if (bide__done(&shield_by_outer(n)->future)) bide__release_in_turn(&shield_by_outer(n)->future);
}

static void shield_copy_outcome(shield *s) {
    if (bide__done(&s->future)) return;
    bide__future_retrieved(s->inner);
    s->future.value = bide_value_copy(s->inner->value);
    bide__future_complete(&s->future, (bide__state)s->inner->state);
}

static void shield_inner_done(bide__node *n) {
    shield *s = shield_by_inner(n);
    shield_copy_outcome(s);
    shield_leave_inner(s);
}

/* The shield was cancelled, so nobody else hears of an error. */
static void shield_report_inner(bide__node *n) {
    shield *s = shield_by_inner(n);
    bide_future *inner = s->inner;
    if (inner->state == BIDE__FINISHED && inner->value.kind == BIDE_ERROR) {
        bide__future_retrieved(inner);
        bide__line message = { .size = 0 };
        bide__line_text(&message, bide_error_name(inner->value.code));
        bide__line_text(&message, " exception in shielded future");
        bide__loop_error(inner->loop, message.text, &inner->value, inner, NULL);
    }
    shield_leave_inner(s);
}

static const bide__node_type shield_inner_type = { shield_inner_done, shield_inner_dropped }, shield_report_type = { shield_report_inner, shield_inner_dropped };

static void shield_remove_other_report(bide_future *inner) {
    for (bide__node *n = bide__callbacks(inner)->next; n != bide__callbacks(inner); n = n->next) {
        if (n->type != &shield_report_type) continue;
        bide__list_remove(n);
        inner->callback_count--;
        shield_leave_inner(shield_by_inner(n));
        return;
    }
}

static void shield_outer_done(bide__node *n) {
    shield *s = shield_by_outer(n);
    bide_future *inner = s->inner;
    if (inner && !bide__done(inner)) {
        bide__list_remove(&s->on_inner);
        shield_remove_other_report(inner);
        s->on_inner.type = &shield_report_type;
        bide__list_add(bide__callbacks(inner), &s->on_inner);
    }
    bide_release(&s->future);
}

static bool shield_cancel(bide_future *f) {
    bide__future_complete(f, BIDE__CANCELLED);
    return true;
}

static void shield_destroy(bide_future *f) {
    shield *s = (shield *)f;
    bide__list_remove(&s->on_outer);
    bide__future_free(f, sizeof *s);
}

static const bide__node_type shield_outer_type = { shield_outer_done, shield_outer_dropped };
static const bide__future_type shield_type = { "Future", shield_cancel, shield_destroy };

bide_future *bide__shield_waiter(const bide__node *n) { return n->type == &shield_inner_type ? &shield_by_inner((bide__node *)n)->future : NULL; }

bide_future *bide__shield_inner(const bide_future *f) {
    return f->type == &shield_type && !bide__done(f) ? ((const shield *)f)->inner : NULL;
}

bide_future *bide_shield(bide_future *f) {
    if (!f || bide__done(f)) return bide_retain(f);
    shield *s = (shield *)bide__future_new(f->loop, &shield_type, sizeof *s);
    if (!s) return NULL;
    s->inner = f;
    f->callback_count++;                  /* on_inner keeps it from its end on */
    s->on_inner.type = &shield_inner_type, s->on_outer.type = &shield_outer_type;
    bide__list_add(bide__callbacks(f), &s->on_inner);
    bide__list_add(bide__callbacks(&s->future), &s->on_outer);
    s->future.callback_count = 1;         /* on_outer keeps the shield from its end on */
    bide_retain(&s->future);              /* on_inner's reference */
    return &s->future;
}

bide_future *bide_shield_join(bide_future *f) {
    bide_future *s = bide_shield(f);
    bide_release(f);
    return s;
}

bide_future *bide_shield_call(bide_fn *fn, void *arg) { return bide_shield_join(bide_ensure_future_call(fn, arg)); }
