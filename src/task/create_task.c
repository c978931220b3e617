/* create_task.c -- tasks that a program creates. The main task of a run is made without these. */
#include "task/task.h"

BIDE__FAST;

/* Nobody calls it: see its comment. */
void bide__create_task_brings(void);
void bide__create_task_brings(void) { bide__bring_memory_errors(); }

bide_task *bide__task_create_with(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) {
    if (BIDE__HAS(bide__task_by_factory) && loop->task_factory) return bide__task_by_factory(loop, options, fn, arg);
    return options ? bide_task_new(loop, options, fn, arg) : bide__task_new(loop, NULL, fn, arg);
}

bide_task *bide_create_task_with(const bide_task_options *options, bide_fn *fn, void *arg) {
    bide_loop *loop = bide_get_running_loop();
    return loop ? bide__task_create_with(loop, options, fn, arg) : NULL;
}

bide_task *bide_create_task(bide_fn *fn, void *arg) {
    bide_loop *loop = bide_get_running_loop();
    return loop ? bide__task_create(loop, fn, arg) : NULL;
}

bide_task *bide_create_task_copy(bide_fn *fn, const void *args, size_t size) {
    return bide_create_task_with(&(bide_task_options){ .arg_size = size }, fn, (void *)args);
}

bide_task *bide_loop_create_task(bide_loop *loop, bide_fn *fn, void *arg) {
    loop = bide__loop(loop);
    return loop ? bide__task_create(loop, fn, arg) : NULL;
}
