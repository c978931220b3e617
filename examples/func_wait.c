/* func_wait.c -- wait for several tasks; the results stay with the tasks.
 *
 *     done, pending = await asyncio.wait(tasks)
 *     for task in tasks:
 *         print(task.result())
 *     print("pending", len(pending))
 *
 * asyncio answers two sets. Here the array keeps its order, and bide_future_done
 * tells whether a task is done.
 */
#include <bide.h>
#include <stdio.h>

enum { FUNCS = 5 };

static int func(void *arg) {
    const int i = *(int *)arg;
    printf("start func-%d\n", i);
    BIDE_TRY(bide_sleep(i));
    printf("end func-%d\n", i);
    return bide_return_text("result %d", i);
}

static int wait_and_print(bide_task *const *tasks) {
    size_t done;
    BIDE_TRY(bide_wait(tasks, FUNCS, INFINITY, BIDE_ALL_COMPLETED, &done));
    for (int i = 0; i < FUNCS; i++) {
        BIDE_AUTO_VALUE bide_value result = { 0 };
        BIDE_TRY(bide_future_result(tasks[i], &result));
        puts(result.bytes);
    }
    printf("pending %zu\n", FUNCS - done);
    return 0;
}

static int async_main(void *arg) {
    bide_task *tasks[FUNCS];
    int rc;
    (void)arg;
    for (int i = 0; i < FUNCS; i++) tasks[i] = bide_create_task_copy(func, &i, sizeof i);
    rc = wait_and_print(tasks);
    bide_release_all(tasks, FUNCS);
    return rc;
}

int main(void) { return bide_main(async_main, NULL); }
