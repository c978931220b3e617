/* ensure_future.c -- a future from a future, a task from a function. */
#include "task/task.h"

bide_future *bide_ensure_future(bide_future *f) { return bide_retain(f); }

bide_task *bide_ensure_future_call(bide_fn *fn, void *arg) { return bide_loop_create_task(NULL, fn, arg); }
