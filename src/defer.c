/* defer.c -- calls that a task makes at its end, however that comes. */
#include "internal.h"

typedef struct { bide__deferred head; bide_callback *fn; void *arg; } call;

static void run(bide_task *t, bide__deferred *d) {
    call own = *(call *)d;
    bide__free(d, sizeof own);
    bide__callback_end(t->loop, own.fn(own.arg), t, NULL);
}

/* A suspending call in them is refused, since the task's stack is done with. */
void bide__run_deferred(bide_task *t) {
    bide__coroutine *outer = bide__current;
    bide__current = &t->loop->callbacks;
    for (bide__deferred *d; (d = bide__task_of(t)->deferred);) {
        bide__task_of(t)->deferred = d->next;
        d->run(t, d);
    }
    bide__current = outer;
}

void bide__defer(bide_task *t, bide__deferred *d) {
    d->next = bide__task_of(t)->deferred;
    bide__task_of(t)->deferred = d;
}

int bide_defer(bide_callback *fn, void *arg) {
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    call *c = bide__alloc(sizeof *c);
    if (!c) return bide__fail_plain(BIDE_ENOMEM);
    *c = (call){ { .run = run }, fn, arg };
    bide__defer(&t->future, &c->head);
    return 0;
}
