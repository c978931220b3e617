/* hello.c -- a coroutine that sleeps, and running it.
 *
 *     async def hello():
 *         await asyncio.sleep(1)
 *         print("Hello!")
 *
 *     asyncio.run(hello())
 */
#include <bide.h>
#include <stdio.h>

static int hello(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(1.0));
    puts("Hello!");
    return 0;
}

int main(void) { return bide_main(hello, NULL); }
