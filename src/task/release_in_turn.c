/* release_in_turn.c -- futures that give one another up.
 *
 * The end of a gather gives up its children, and a future that is dropped gives up
 * the shields and gathers that wait for it. Such chains may be thousands long, and the
 * stack may be small. So a future whose last reference goes while another one is
 * being freed is queued, and freed behind that. Its `link` is in no list by then. */
#include "task/future.h"

void bide__release_in_turn(bide_future *f) {
    static bide__node doomed = { &doomed, &doomed, NULL };
    static bool walking;
    if (!f || --f->refs > 0) return;
    if (f->unretrieved) {                  /* the handler may retain it */
        f->refs = 1;
        bide__future_unretrieved(f);
        if (--f->refs > 0) return;
    }
    bide__list_add(&doomed, &f->link);
    if (walking) return;
    for (walking = true; !bide__list_empty(&doomed);) {
        f = bide__future_by_link(doomed.next);
        bide__list_remove(&f->link);
        f->type->destroy(f);
    }
    walking = false;
}
