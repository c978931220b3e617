/* add.c -- a task with arguments and a result.
 *
 *     total = await asyncio.create_task(add(1, 2))
 *
 * The task owns a copy of its arguments, so they may be written in the call.
 */
#include <bide.h>
#include <stdio.h>

struct add { int x, y; };

static int add(void *arg) {
    const struct add *in = arg;
    BIDE_TRY(bide_sleep(1.0));
    return bide_return_i64(in->x + in->y);
}

static int async_main(void *arg) {
    bide_value total;
    (void)arg;
    BIDE_TRY(bide_join(bide_create_task_copy(add, BIDE_ARGS(struct add, 1, 2)), &total));
    printf("%d\n", (int)total.i64);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
