/* loop.c -- an event loop made, used and closed by hand.
 *
 *     loop = asyncio.new_event_loop()
 *     asyncio.set_event_loop(loop)
 *     asyncio.get_event_loop().run_until_complete(hello_world())
 *     loop.close()
 *     asyncio.run(again())           # makes and closes a fresh loop
 */
#include <bide.h>
#include <stdio.h>

static int hello_world(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(1.0));
    puts("Hello World");
    return 0;
}

static int again(void *arg) {
    (void)arg;
    puts("again");
    return 0;
}

int main(void) {
    bide_loop *loop = bide_new_event_loop();
    int rc;
    bide_set_event_loop(loop);
    rc = bide_loop_run_until_complete_call(bide_get_event_loop(), hello_world, NULL, NULL);
    printf("running: %s\n", bide_loop_is_running(loop) ? "yes" : "no");
    bide_loop_close(loop);
    printf("closed: %s\n", bide_loop_is_closed(loop) ? "yes" : "no");
    bide_set_event_loop(NULL);
    bide_loop_release(loop);

    if (rc == 0) rc = bide_run(again, NULL, NULL);
    if (rc != 0) fprintf(stderr, "%s: %s\n", bide_error_name(rc), bide_last_message());
    return rc == 0 ? 0 : 1;
}
