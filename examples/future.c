/* future.c -- a result that another task delivers.
 *
 *     future = loop.create_future()
 *     loop.create_task(finish(future))
 *     print(loop.run_until_complete(future))
 */
#include <bide.h>
#include <stdio.h>
#include <string.h>

static int finish(void *arg) {
    const char *text = "I have finished";
    BIDE_TRY(bide_sleep(1.0));
    return bide_future_set_result(arg, bide_bytes(text, strlen(text)));
}

static void print_done(const bide_future *future) {
    printf("done: %s\n", bide_future_done(future) ? "yes" : "no");
}

static int run(bide_loop *loop) {
    BIDE_AUTO bide_future *future = bide_future_new(loop);
    BIDE_AUTO bide_task *task = bide_loop_create_task(loop, finish, future);
    BIDE_AUTO_VALUE bide_value result = { 0 };
    print_done(future);
    BIDE_TRY(bide_loop_run_until_complete(loop, future, &result));
    print_done(future);
    printf("result: %s\n", result.bytes);
    return 0;
}

int main(void) {
    bide_loop *loop = bide_new_event_loop();
    const int rc = run(loop);
    if (rc != 0) fprintf(stderr, "%s: %s\n", bide_error_name(rc), bide_last_message());
    bide_loop_release(loop);
    return rc == 0 ? 0 : 1;
}
