/* retry.c -- what fails or takes too long is tried again, a little later each time.
 *
 *     for attempt in range(1, ATTEMPTS + 1):
 *         try:
 *             async with asyncio.timeout(1):
 *                 return await fetch(attempt)
 *         except (TimeoutError, OSError) as e:
 *             print(f"attempt {attempt}: {type(e).__name__} {e}")
 *             await asyncio.sleep(2 ** attempt)
 *
 * What Python writes below `try` stands in a function of its own. Its caller looks
 * at the code.
 */
#include <bide.h>
#include <stdio.h>

enum { ATTEMPTS = 4 };

/* The first attempt hangs, the second fails. */
static int fetch(int attempt) {
    BIDE_TRY(bide_sleep(attempt == 1 ? 3600 : 0.5));
    if (attempt == 2) return bide_raise(BIDE_EOS, "connection reset");
    return 0;
}

static int try_once(int attempt) {
    bide_timeout limit = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&limit, 1) {
        BIDE_TRY(fetch(attempt));
    }
    return 0;
}

static int async_main(void *arg) {
    (void)arg;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const int rc = try_once(attempt);
        if (rc == 0) {
            printf("attempt %d: fetched at %.1f\n", attempt, bide_loop_time(NULL));
            break;
        }
        if (rc != BIDE_ETIMEDOUT && rc != BIDE_EOS) return rc;
        printf("attempt %d: %s %s\n", attempt, bide_error_name(rc), bide_message_of(rc));
        BIDE_TRY(bide_sleep(1 << attempt));
    }
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
