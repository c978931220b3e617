/* future.c -- results that are still to come.
 *
 *   PENDING -> FINISHED    set_result, set_exception, the end of a task
 *   PENDING -> CANCELLED   cancel
 *
 * Completing a future runs nothing. It moves the callback nodes, in order, to the
 * loop's ready queue. A node is a waiting task, a user's callback, or part of a
 * gather, wait or shield. bide__future_complete alone writes the state.
 *
 * A user's callback does not keep a pending future: if all others dropped it,
 * nobody could complete it any more. The callback keeps one that is done until it
 * has run. */
#include "task/report.h"

static bool future_plain_cancel(bide_future *f) {
    bide__future_complete(f, BIDE__CANCELLED);
    return true;
}

static void future_plain_destroy(bide_future *f) { bide__future_free(f, sizeof *f); }

static const bide__future_type future_plain_type = { "Future", future_plain_cancel, future_plain_destroy };

bide_future *bide_future_new(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? bide__future_new(loop, &future_plain_type, sizeof(bide_future)) : NULL;
}

bide_loop *bide_future_get_loop(const bide_future *f) { return f ? f->loop : NULL; }
bool bide_future_done(const bide_future *f) { return !f || bide__done(f); }
bool bide_future_cancelled(const bide_future *f) { return f && f->state == BIDE__CANCELLED; }

bool bide_future_cancel(bide_future *f) {
    if (!f) return false;
    bide__future_retrieved(f);
    return !bide__done(f) && f->type->cancel(f);
}

/* Queue the callbacks of a future that is done; on a closed loop nobody would run them. */
static void future_queue_callbacks(bide_future *f) {
    if (f->loop->closed) bide__list_drop(bide__callbacks(f));
    else bide__list_splice(&f->loop->ready, bide__callbacks(f));
}

void bide__future_complete(bide_future *f, bide__state state) {
    f->state = state;
    if (state == BIDE__FINISHED && f->value.kind == BIDE_ERROR) {
        f->unretrieved = true;
        bide__list_add(&f->loop->failed, &f->link);
    }
    f->refs += f->callback_count;
    future_queue_callbacks(f);
}

void bide__future_retrieved(bide_future *f) {
    if (!f->unretrieved) return;
    f->unretrieved = false;
    bide__list_remove(&f->link);
}

/* Whether the program may complete `f` itself. */
static int future_check_settable(bide_future *f, bide__blob *on_task) {
    if (bide__is_task(f)) return bide__fail(BIDE_ERUNTIME, on_task);
    BIDE__TEXT(done, "invalid state");
    return bide__done(f) ? BIDE__FAIL(BIDE_ESTATE, done) : 0;
}

int bide_future_set_result(bide_future *f, bide_value value) {
    BIDE__TEXT(on_task, "Task does not support set_result operation");
    int rc = f ? future_check_settable(f, &on_task.head) : bide__null_future();
    if (rc == 0 && value.kind == BIDE_ERROR) rc = bide__fail_value(&value);
    if (rc != 0) return bide_value_clear(&value), rc;
    f->value = value;
    bide__future_complete(f, BIDE__FINISHED);
    return 0;
}

int bide__future_fail(bide_future *f, int code, bide__blob *message) {
    BIDE__TEXT(on_task, "Task does not support set_exception operation");
    int rc = future_check_settable(f, &on_task.head);
    if (rc != 0) return rc;
    bide__set_error(&f->value, code, message);
    bide__future_complete(f, BIDE__FINISHED);
    return 0;
}

int bide__future_outcome(bide_future *f, bide_value *out) {
    if (f->state == BIDE__FINISHED && f->value.kind != BIDE_ERROR) {
        if (out) bide__share(out, &f->value);
        return 0;
    }
    bide__out_none(out);
    bide__future_retrieved(f);
    return f->value.kind == BIDE_ERROR ? bide__fail_value(&f->value) : bide__fail_plain(BIDE_ECANCELED);
}

int bide_future_result(bide_future *f, bide_value *result) {
    BIDE__TEXT(not_ready, "Result is not set.");
    if (f && bide__done(f)) return bide__future_outcome(f, result);
    bide__out_none(result);
    return f ? BIDE__FAIL(BIDE_ESTATE, not_ready) : bide__null_future();
}

int bide_future_exception(bide_future *f, bide_value *error) {
    BIDE__TEXT(not_set, "Exception is not set.");
    bide__out_none(error);
    if (!f) return bide__null_future();
    if (!bide__done(f)) return BIDE__FAIL(BIDE_ESTATE, not_set);
    bide__future_retrieved(f);
    if (f->state == BIDE__CANCELLED) return bide__fail_plain(BIDE_ECANCELED);
    if (error && f->value.kind == BIDE_ERROR) bide__share(error, &f->value);
    return 0;
}

bide_future *bide_retain(bide_future *f) {
    if (f) f->refs++;
    return f;
}

void bide__future_unretrieved(bide_future *f) {
    bide__future_retrieved(f);
    bide_value error = bide_value_copy(f->value);
    bide__line message = { .size = 0 };
    bide__line_text(&message, f->type->name);
    bide__line_text(&message, " exception was never retrieved");
    bide__loop_error(f->loop, message.text, &error, f, NULL);
    bide_value_clear(&error);
}

void bide__future_last(bide_future *f) {
    if (f->unretrieved) {
        f->refs = 1;
        bide__future_unretrieved(f);       /* the handler may retain it */
        bide__release(f);
        return;
    }
    f->type->destroy(f);
}

void bide_release(bide_future *f) { bide__release(f); }

void bide_release_all(bide_future *const *fs, size_t n) {
    for (size_t i = 0; i < n; i++) bide_release(fs[i]);
}

void bide__future_free(bide_future *f, size_t size) {
    bide_loop *loop = f->loop;
    bide__list_drop(bide__callbacks(f));
    bide__clear(&f->value);
    if (BIDE__HAS(bide__debug)) bide__debug_freed(f);
    bide__free(f, size);
    bide__loop_unref(loop);
}

void bide__future_add_node(bide_future *f, bide__node *n) {
    if (bide__done(f)) bide__loop_push(f->loop, n);
    else bide__list_add(bide__callbacks(f), n);
}
