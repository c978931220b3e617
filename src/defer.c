/* defer.c -- calls that a task makes at its end, however that comes. */
#include "internal.h"

static void run(bide_task *t, bide__deferred *d) {
    bide__deferred own = *d;
    bide__free(d, sizeof *d);
    bide__callback_end(t->loop, own.fn(own.arg), t, NULL);
}

int bide_defer(bide_callback *fn, void *arg) {
    bide__task *t = bide__self();
    if (!t) return BIDE_ERUNTIME;
    bide__deferred *d = bide__alloc(sizeof *d);
    if (!d) return bide__fail_plain(BIDE_ENOMEM);
    *d = (bide__deferred){ t->deferred, run, fn, arg };
    t->deferred = d;
    return 0;
}
