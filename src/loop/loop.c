/* loop.c -- the event loop as an object: which one is meant, its clock, its life. */
#include "loop/loop.h"

#include "host.h"

bide_loop *bide__running;
static bide_loop *loop_current;      /* bide_set_event_loop's; counted */

double bide__loop_now(bide_loop *loop) {
    if (!loop->virtual_time) loop->now = bide__host_now();
    return loop->now;
}

double bide_loop_time(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? bide__loop_now(loop) : NAN;
}

/* ------------------------------------------------------------------ which loop */

bide_loop *bide_get_running_loop(void) {
    BIDE__TEXT(none, "no running event loop");
    if (!bide__running) bide__fail(BIDE_ERUNTIME, &none.head);
    return bide__running;
}

bide_loop *bide__default_get_loop(bide_event_loop_policy *policy) {
    BIDE__TEXT(none, "There is no current event loop");
    (void)policy;
    if (!loop_current) bide__fail(BIDE_ERUNTIME, &none.head);
    return loop_current;
}

bide_loop *bide_get_event_loop(void) {
    if (bide__running) return bide__running;
    return BIDE__HAS(bide__policy_get_loop) ? bide__policy_get_loop() : bide__default_get_loop(NULL);
}

bide_loop *bide__loop(bide_loop *loop) { return loop ? loop : bide_get_event_loop(); }

void bide__default_set_loop(bide_event_loop_policy *policy, bide_loop *loop) {
    bide_loop *old = loop_current;
    (void)policy;
    loop_current = loop ? bide__loop_retain(loop) : NULL;
    if (old) bide__loop_unref(old);
}

void bide_set_event_loop(bide_loop *loop) {
    if (BIDE__HAS(bide__policy_set_loop)) bide__policy_set_loop(loop);
    else bide__default_set_loop(NULL, loop);
}

/* ------------------------------------------------------------------ life */

bide_loop *bide__default_new_loop(bide_event_loop_policy *policy) {
    (void)policy;
    bide_loop *loop = bide__alloc(sizeof *loop);
    if (!loop) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    *loop = (bide_loop){ .refs = 1, .virtual_time = bide__host_virtual_time() };
    bide__list_init(&loop->ready);
    bide__list_init(&loop->batch);
    bide__list_init(&loop->tasks);
    bide__list_init(&loop->failed);
    bide__list_init(&loop->generators);
    if (BIDE__HAS(bide_dump)) loop->began = bide__loop_now(loop);
    if (BIDE__HAS(bide__debug)) bide__debug_new_loop(loop);
    return loop;
}

bide_loop *bide_new_event_loop(void) {
    return BIDE__HAS(bide__policy_new_loop) ? bide__policy_new_loop() : bide__default_new_loop(NULL);
}

void bide__loop_free(bide_loop *loop) { bide__free(loop, sizeof *loop); }

bool bide_loop_is_running(const bide_loop *loop) { return loop ? loop->running : bide__running != NULL; }
bool bide_loop_is_closed(const bide_loop *loop) { return loop && loop->closed; }

void bide_loop_stop(bide_loop *loop) {
    loop = bide__loop(loop);
    if (!loop) return;
    loop->stopping = true;
    bide__host_wake(loop);
}
