/* demo1.c -- the program goes on where it was suspended.
 *
 *     print("hello")
 *     await asyncio.sleep(1)
 *     print("python")
 */
#include <bide.h>
#include <stdio.h>

static int async_main(void *arg) {
    (void)arg;
    puts("hello");
    BIDE_TRY(bide_sleep(1.0));
    puts("python");
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
