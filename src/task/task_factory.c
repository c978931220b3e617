/* task_factory.c -- a function of the program that makes the tasks of a loop.
 *
 * It answers a task, or whatever stands for one, so it can't wait. */
#include "task/task.h"

bide_task *bide__task_by_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) {
    static const bide_task_options defaults;
    bide__pinned pinned;
    bide__pin(&pinned);
    bide_task *t = loop->task_factory(loop, options ? options : &defaults, fn, arg, loop->task_factory_arg);
    bide__unpin();
    return t;
}

void bide_loop_set_task_factory(bide_loop *loop, bide_task_factory *factory, void *arg) {
    loop = bide__loop(loop);
    if (loop) loop->task_factory = factory, loop->task_factory_arg = arg;
}

bide_task_factory *bide_loop_get_task_factory(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? loop->task_factory : NULL;
}
