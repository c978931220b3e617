/* pin.c -- functions of the program that are called in the middle of something, and so can't wait.
 *
 * A task factory, a policy, a comparison: whoever calls such a function is not
 * unwound, so nothing below may suspend the coroutine. While it runs, the coroutine
 * is pinned: its task, its generator and its result slot are out of sight. So what
 * would suspend it answers BIDE_ERUNTIME, as outside of any task, and nobody has to ask
 * whether a coroutine is pinned. A task that is started eagerly meanwhile has a stack of
 * its own, and is not pinned.
 *
 * Callbacks and handlers need no pin. They run in coroutines that are no tasks.
 *
 * Rejected: another coroutine for the time. What the function does, it does for the
 * coroutine that runs: its errors and its context are those. */
#include "loop/coroutine.h"

bide__pinned *bide__pin_newest;

void bide__pin(bide__pinned *p) {
    bide__coroutine *co = bide__current;
    *p = (bide__pinned){ bide__pin_newest, co, co->task, co->result, co->inside };
    co->task = NULL, co->result = NULL, co->inside = NULL;
    bide__pin_newest = p;
}

void bide__unpin(void) {
    const bide__pinned *p = bide__pin_newest;
    p->of->task = p->task, p->of->result = p->result, p->of->inside = p->inside;
    bide__pin_newest = p->outer;
}

bide_task *bide__pinned_task(void) {
    const bide__pinned *p = bide__pin_newest;
    while (p && (p->of != bide__current || !p->task)) p = p->outer;
    return p ? p->task : NULL;
}

int bide__pin_refuses_run(void) {
    BIDE__TEXT(pinned, "a task factory, a policy or the like cannot wait for a loop");
    return bide__pin_newest ? BIDE__FAIL(BIDE_ERUNTIME, pinned) : 0;
}

void bide__unpin_all(void) {
    while (bide__pin_newest) bide__unpin();
}
