/* shield.c -- a time limit on the waiting, not on the work.
 *
 *     task = asyncio.create_task(inner())
 *     try:
 *         await asyncio.wait_for(asyncio.shield(task), timeout=1.0)
 *     except TimeoutError:
 *         print("timeout, inner goes on")
 *     print("inner done:", await task)
 */
#include <bide.h>
#include <stdio.h>

static int inner(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(2.0));
    return bide_return_i64(42);
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *task = bide_create_task(inner, arg);
    bide_value result;
    const int rc = bide_wait_for_join(bide_shield(task), 1.0, NULL);
    if (rc == BIDE_ETIMEDOUT) puts("timeout, inner goes on");
    else BIDE_TRY(rc);

    BIDE_TRY(bide_await(task, &result));
    printf("inner done: %d\n", (int)result.i64);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
