/* func_gather.c -- the results of several tasks, in the order of the arguments.
 *
 *     for result in await asyncio.gather(*(func(i) for i in range(5))):
 *         print(result)
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

static int async_main(void *arg) {
    BIDE_AUTO_VALUE bide_value results = { 0 };
    bide_task *tasks[FUNCS];
    (void)arg;
    for (int i = 0; i < FUNCS; i++) tasks[i] = bide_create_task_copy(func, &i, sizeof i);

    BIDE_TRY(bide_gather_join(tasks, FUNCS, false, &results));
    for (size_t i = 0; i < results.count; i++) puts(results.items[i].bytes);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
