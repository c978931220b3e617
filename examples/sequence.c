/* sequence.c -- coroutines in sequence and at once, driven by run_until_complete.
 *
 *     print(loop.run_until_complete(add3(2)))
 *     loop.run_until_complete(in_sequence())
 *     loop.run_until_complete(at_once())
 *
 * add3 never suspends: a coroutine need not.
 */
#include <bide.h>
#include <stdio.h>

static int add3(void *arg) { return bide_return_i64(*(const int *)arg + 3); }

static int nap(void *arg) { return bide_sleep(*(const double *)arg); }

static int in_sequence(void *arg) {
    (void)arg;
    BIDE_TRY(nap(&(double){ 1 }));
    BIDE_TRY(nap(&(double){ 2 }));
    return 0;
}

static int at_once(void *arg) {
    (void)arg;
    return bide_gather_join(BIDE_FUTURES(bide_create_task_copy(nap, BIDE_ARGS(double, 1)),
                                         bide_create_task_copy(nap, BIDE_ARGS(double, 2))), false, NULL);
}

static int run_timed(bide_loop *loop, const char *label, bide_fn *fn) {
    const double start = bide_loop_time(loop);
    BIDE_TRY(bide_loop_run_until_complete_call(loop, fn, NULL, NULL));
    printf("%s %.2f\n", label, bide_loop_time(loop) - start);
    return 0;
}

static int run(bide_loop *loop) {
    int two = 2;
    bide_value sum;
    BIDE_TRY(bide_loop_run_until_complete_call(loop, add3, &two, &sum));
    printf("%d\n", (int)sum.i64);
    BIDE_TRY(run_timed(loop, "sequence", in_sequence));
    BIDE_TRY(run_timed(loop, "gather", at_once));
    return 0;
}

int main(void) {
    bide_loop *loop = bide_new_event_loop();
    const int rc = run(loop);
    if (rc != 0) fprintf(stderr, "%s: %s\n", bide_error_name(rc), bide_last_message());
    bide_loop_release(loop);
    return rc == 0 ? 0 : 1;
}
