/* stop_loop.c -- a loop that runs forever, until a done callback stops it.
 *
 *     task = loop.create_task(nap())
 *     task.add_done_callback(lambda task: loop.stop())
 *     loop.run_forever()
 */
#include <bide.h>
#include <stdio.h>

static int nap(void *arg) { (void)arg; return bide_sleep(1.0); }

static int stop_loop(bide_future *task, void *arg) {
    (void)arg;
    puts("task done");
    bide_loop_stop(bide_future_get_loop(task));
    return 0;
}

static int run(bide_loop *loop) {
    BIDE_AUTO bide_task *task = bide_loop_create_task(loop, nap, NULL);
    BIDE_TRY(bide_future_add_done_callback(task, stop_loop, NULL));
    BIDE_TRY(bide_loop_run_forever(loop));
    puts("loop stopped");
    return 0;
}

int main(void) {
    bide_loop *loop = bide_new_event_loop();
    const int rc = run(loop);
    if (rc != 0) fprintf(stderr, "%s: %s\n", bide_error_name(rc), bide_last_message());
    bide_loop_release(loop);
    return rc == 0 ? 0 : 1;
}
