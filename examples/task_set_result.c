/* task_set_result.c -- a task is a future, but only its function sets its result.
 *
 *     task.set_result(1)     # RuntimeError: Task does not support set_result operation
 *     task.cancel()
 */
#include <bide.h>
#include <stdio.h>

static int sleeper(void *arg) { (void)arg; return bide_sleep(3600); }

static int async_main(void *arg) {
    BIDE_AUTO bide_task *task = bide_create_task(sleeper, NULL);
    int rc = bide_future_set_result(task, bide_i64(1));
    (void)arg;
    if (rc != 0) printf("set_result on a task: refused (%s)\n", bide_error_name(rc));

    bide_task_cancel(task);
    rc = bide_await(task, NULL);
    if (rc != BIDE_ECANCELED) return rc;
    printf("cancelled: %s\n", bide_future_cancelled(task) ? "yes" : "no");
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
