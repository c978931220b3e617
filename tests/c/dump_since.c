/* dump_since.c -- a loop that is made long before it runs, and runs twice; then it is printed. */
#include <bide.h>

void clock_forward(bide_loop *loop, double seconds);      /* dump_clock.c */

static int sleeps(void *seconds) { return bide_sleep(*(double *)seconds); }

static int dumps(void *loop) {
    bide_dump(loop);
    return 0;
}

int main(void) {
    double one = 1.0;
    bide_loop *loop = bide_new_event_loop();
    clock_forward(loop, 50);
    int rc = bide_loop_run_until_complete_call(loop, sleeps, &one, NULL);
    if (rc == 0) rc = bide_loop_run_until_complete_call(loop, dumps, loop, NULL);
    bide_loop_release(loop);
    return rc == 0 ? 0 : 1;
}
