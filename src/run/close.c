/* close.c -- the end of a loop, with whatever is still in it.
 *
 * Tasks are ended first, and their stacks are freed last: nodes of other lists may
 * stand in those stacks. */
#include "run/run.h"


static void close_drop_timers(bide__timers *ts) {
    for (bide__timer *t; (t = bide__timers_pop_due(ts, INFINITY));) t->node.type->drop(&t->node);
    bide__timers_free(ts);
}

static void close_report_failed(bide_loop *loop) {
    while (!bide__list_empty(&loop->failed)) {
        bide_future *f = bide_retain(bide__future_by_link(loop->failed.next));
        bide__future_unretrieved(f);
        bide_release(f);
    }
}

int bide_loop_close(bide_loop *loop) {
    BIDE__TEXT(running, "Cannot close a running event loop");
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    if (loop->running) return BIDE__FAIL(BIDE_ERUNTIME, running);
    if (loop->closed) return 0;
    bide__loop_retain(loop);
    loop->closed = true;
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) bide__task_abandon(bide__task_by_link(l));
    bide__list_drop(&loop->batch);
    bide__list_drop(&loop->ready);
    close_drop_timers(&loop->timers);
    if (loop->readers) loop->free_readers(loop);
    while (!bide__list_empty(&loop->tasks)) bide__task_bury(bide__task_by_link(loop->tasks.next));
    if (BIDE__HAS(bide__generators_forget)) bide__generators_forget(loop);
    close_report_failed(loop);
    if (BIDE__HAS(bide__memory_errors_tell)) bide__memory_errors_tell();
    bide__loop_unref(loop);
    return 0;
}

void bide_loop_release(bide_loop *loop) {
    if (!loop) return;
    if (!loop->running) bide__drop(bide_loop_close(loop));
    bide__loop_unref(loop);
}
