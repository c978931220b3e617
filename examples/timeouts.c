/* timeouts.c -- deadlines for a block: one that strikes, one that is moved, one inside another.
 *
 *     async with asyncio.timeout(1):
 *         await asyncio.sleep(3600)
 *
 *     async with asyncio.timeout(1) as limit:
 *         limit.reschedule(loop.time() + 3)
 *         await asyncio.sleep(2)
 *
 * When the deadline comes, what the block waits for is cancelled, and the block
 * is left with BIDE_ETIMEDOUT.
 */
#include <bide.h>
#include <stdio.h>

static double start;

static double elapsed(void) { return bide_loop_time(NULL) - start; }

static int too_slow(void) {
    bide_timeout limit = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&limit, 1) {
        BIDE_TRY(bide_sleep(3600));
        puts("never");
    }
    return 0;
}

static int in_time(void) {
    bide_timeout limit = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&limit, 2) {
        BIDE_TRY(bide_sleep(1));
    }
    printf("in time at %.2f, expired: %s\n", elapsed(), bide_timeout_expired(&limit) ? "yes" : "no");
    return 0;
}

static int moved(void) {
    bide_timeout limit = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&limit, 1) {
        BIDE_TRY(bide_timeout_reschedule(&limit, bide_loop_time(NULL) + 3));
        BIDE_TRY(bide_sleep(2));
        printf("moved, so in time at %.2f\n", elapsed());
        BIDE_TRY(bide_timeout_reschedule(&limit, bide_loop_time(NULL)));
        BIDE_TRY(bide_sleep(2));
        puts("never");
    }
    return 0;
}

/* The outer deadline comes first, so the inner one never strikes. */
static int nested(void) {
    bide_timeout outer = BIDE_TIMEOUT_INIT, inner = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT_AT(&outer, bide_loop_time(NULL) + 1) {
        BIDE_WITH_TIMEOUT(&inner, 2) {
            BIDE_TRY(bide_sleep(3600));
        }
    }
    return 0;
}

/* The function that is named must have timed out. Its code is swallowed here. */
static int expect_timeout(const char *name, int rc) {
    if (rc != BIDE_ETIMEDOUT) return rc;
    printf("%s: %s at %.2f\n", name, bide_error_name(rc), elapsed());
    return 0;
}

static int async_main(void *arg) {
    (void)arg;
    start = bide_loop_time(NULL);
    BIDE_TRY(expect_timeout("too slow", too_slow()));
    BIDE_TRY(in_time());
    BIDE_TRY(expect_timeout("moved", moved()));
    BIDE_TRY(expect_timeout("nested", nested()));
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
