/* eternity.c -- a time limit on a coroutine.
 *
 *     try:
 *         await asyncio.wait_for(eternity(), timeout=1.0)
 *     except TimeoutError:
 *         print("timeout!")
 */
#include <bide.h>
#include <stdio.h>

static int eternity(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(3600));
    puts("yay!");
    return 0;
}

static int async_main(void *arg) {
    const int rc = bide_wait_for_call(eternity, NULL, 1.0, NULL);
    (void)arg;
    if (rc != BIDE_ETIMEDOUT) return rc;
    puts("timeout!");
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
