/* cancel_me.c -- a task that sees its cancellation, cleans up and passes it on.
 *
 *     try:
 *         await asyncio.sleep(3600)
 *     except asyncio.CancelledError:
 *         print("cancel_me(): cancel sleep")
 *         raise
 *     finally:
 *         print("cancel_me(): after sleep")
 *
 * When whoever awaits a shield is cancelled, the inner task goes on. A shield does
 * not help an inner task that is cancelled itself, as here.
 */
#include <bide.h>
#include <stdio.h>

static int cancel_me(void *arg) {
    int rc;
    (void)arg;
    puts("cancel_me(): before sleep");
    rc = bide_sleep(3600);
    if (rc == BIDE_ECANCELED) puts("cancel_me(): cancel sleep");
    puts("cancel_me(): after sleep");
    return rc;
}

static int async_main(void *arg) {
    BIDE_AUTO bide_task *task = bide_create_task(cancel_me, NULL);
    BIDE_AUTO bide_future *shielded = bide_shield(task);
    int rc;
    (void)arg;
    BIDE_TRY(bide_sleep(1.0));
    bide_task_cancel(task);

    rc = bide_await(shielded, NULL);
    if (rc != BIDE_ECANCELED) return rc;
    puts("main(): cancel_me is cancelled now");
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
