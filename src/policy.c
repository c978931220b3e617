/* policy.c -- who makes loops, and remembers which one is set: the event-loop policy.
 *
 * The functions of the default stand in loop.c, which calls them by itself in
 * programs without this file. A policy that is set has each function that it left
 * out replaced by the default's, so that nobody needs to ask. */
#include "internal.h"

static bide_event_loop_policy default_policy = {
    .name = "default",
    .new_event_loop = bide__default_new_loop,
    .get_event_loop = bide__default_get_loop,
    .set_event_loop = bide__default_set_loop,
};
static bide_event_loop_policy *current = &default_policy;

bide_event_loop_policy *bide__policy(void) { return current; }

bide_event_loop_policy *bide_get_event_loop_policy(void) { return current; }

void bide_set_event_loop_policy(bide_event_loop_policy *policy) {
    current = policy ? policy : &default_policy;
    if (!current->new_event_loop) current->new_event_loop = default_policy.new_event_loop;
    if (!current->get_event_loop) current->get_event_loop = default_policy.get_event_loop;
    if (!current->set_event_loop) current->set_event_loop = default_policy.set_event_loop;
}
