/* policy.c -- who makes loops, and remembers which one is set: the event-loop policy.
 *
 * The functions of the default stand in loop.c. In programs without this file,
 * loop.c calls them directly. When a policy is set, the default's functions take the
 * places that it left empty. */
#include "loop/loop.h"

static bide_event_loop_policy policy_default = {
    .name = "default",
    .new_event_loop = bide__default_new_loop,
    .get_event_loop = bide__default_get_loop,
    .set_event_loop = bide__default_set_loop,
};
static bide_event_loop_policy *policy_current = &policy_default;

/* Its functions can't wait. */
bide_loop *bide__policy_new_loop(void) {
    bide__pinned pinned;
    bide__pin(&pinned);
    bide_loop *loop = policy_current->new_event_loop(policy_current);
    bide__unpin();
    return loop;
}

bide_loop *bide__policy_get_loop(void) {
    bide__pinned pinned;
    bide__pin(&pinned);
    bide_loop *loop = policy_current->get_event_loop(policy_current);
    bide__unpin();
    return loop;
}

void bide__policy_set_loop(bide_loop *loop) {
    bide__pinned pinned;
    bide__pin(&pinned);
    policy_current->set_event_loop(policy_current, loop);
    bide__unpin();
}

bide_event_loop_policy *bide_get_event_loop_policy(void) { return policy_current; }

void bide_set_event_loop_policy(bide_event_loop_policy *policy) {
    policy_current = policy ? policy : &policy_default;
    if (!policy_current->new_event_loop) policy_current->new_event_loop = policy_default.new_event_loop;
    if (!policy_current->get_event_loop) policy_current->get_event_loop = policy_default.get_event_loop;
    if (!policy_current->set_event_loop) policy_current->set_event_loop = policy_default.set_event_loop;
}
