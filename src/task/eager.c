/* eager.c -- tasks that start at once.
 *
 * The call that makes an eager task resumes it as the loop would. The task runs on
 * its own stack until it ends or suspends; then the call goes back to the
 * creator's stack. Afterwards it is a task as any other. */
#include "task/task.h"

/* Run the task until it suspends (false) or ends (true: its code is in *rc). */
static CORO_LEAF bool eager_first_step(bide__task *t, int *rc) {
    coro_place outer = coro_outer();
    bool ended = coro_resume(&t->coro, t->fn, t->arg, rc);
    coro_go_out(outer);
    return ended;
}

/* asyncio registers an eager task when it suspends. So it stands behind the tasks that it has made itself. */
static void eager_register_late(bide__task *t) {
    bide__list_remove(&t->future.link);
    bide__list_add(&t->future.loop->tasks, &t->future.link);
}

static void eager_begin(bide__task *t) {
    bide__coroutine *outer = bide__current;
    int rc;
    bide__list_remove(&t->timer.node);
    bide__current = &t->coroutine;
    const bool ended = eager_first_step(t, &rc);
    if (ended) bide__task_finish(t, rc);
    else eager_register_late(t);
    bide__current = outer;
    if (!ended && bide__debugging(t->future.loop)) bide__debug_suspended(t);
}

/* Nobody calls it. */
void bide__task_new_brings(void);
void bide__task_new_brings(void) { bide__bring_task_options(); }

bide_task *bide_task_new(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) {
    BIDE__TEXT(entered, "cannot enter context: it is already entered");
    loop = bide__loop(loop);
    if (!loop) return NULL;
    bool eager = options && options->eager_start > 0 && loop == bide__running;
    if (eager && options->context && BIDE__HAS(bide__context_is_entered) && bide__context_is_entered(options->context))
        return BIDE__FAIL(BIDE_ERUNTIME, entered), NULL;
    bide_task *f = bide__task_new(loop, options, fn, arg);
    if (f && BIDE__HAS(bide__context_enter) && options && options->context) bide__context_enter(&bide__task_of(f)->coroutine, options->context);
    if (f && eager) eager_begin(bide__task_of(f));
    return f;
}

bide_task *bide_eager_task_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *factory_arg) {
    (void)factory_arg;
    bide_task_options eager = options ? *options : (bide_task_options){ 0 };
    if (eager.eager_start == 0) eager.eager_start = true;
    return bide_task_new(loop, &eager, fn, arg);
}
