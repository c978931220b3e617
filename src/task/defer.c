/* defer.c -- calls that a task makes at its end, however that comes.
 *
 * They run as callbacks do, since the task's stack is not in use any more. A call
 * that would suspend is refused. They see the task's context, and the error with which it ends. */
#include "task/report.h"

typedef struct { bide__deferred head; bide_callback *fn; void *arg; } deferred_call;

static void deferred_call_run(bide_task *t, bide__deferred *d) {
    deferred_call own = *(deferred_call *)d;
    if (BIDE__HAS(bide__debug)) bide__debug_freed(d);
    bide__free(d, sizeof own);
    if (BIDE__HAS(bide__context_lend)) bide__context_lend(bide__current, NULL, t, false);
    int rc = own.fn(own.arg);
    if (BIDE__HAS(bide__context_lend)) bide__context_lend(bide__current, NULL, t, true);
    bide__callback_end(t->loop, rc, t, NULL);
}

/* What the task ended with is what the call finds as the last failure. */
static void deferred_note_end(const bide_task *t, bool cancelled) {
    bide__coroutine_clear(bide__current);
    if (t->value.kind == BIDE_ERROR) bide__fail_value(&t->value);
    else if (cancelled) bide__fail_plain(BIDE_ECANCELED);
}

void bide__run_deferred(bide_task *t, bool cancelled) {
    bide__coroutine *outer = bide__current, own = { .task = NULL };
    bide__current = &own;
    for (bide__deferred *d; (d = bide__task_of(t)->deferred);) {
        bide__task_of(t)->deferred = d->next;
        deferred_note_end(t, cancelled);
        d->run(t, d);
    }
    bide__coroutine_clear(&own);
    bide__current = outer;
}

void bide__defer(bide__task *t, bide__deferred *d) {
    d->next = t->deferred;
    t->deferred = d;
}

int bide_defer(bide_callback *fn, void *arg) {
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    deferred_call *c = bide__alloc(sizeof *c);
    if (!c) return bide__fail_plain(BIDE_ENOMEM);
    *c = (deferred_call){ .head.run = deferred_call_run, .fn = fn, .arg = arg };
    bide__defer(t, &c->head);
    if (bide__debugging(t->future.loop)) bide__debug_given(c, BIDE__GIVEN_DEFERRED, arg);
    return 0;
}
