/* Cancelling the outermost of three tasks reaches the innermost; they end from the inside out, a turn each. */
#include "conformance.h"

static int c(void *arg) {
    int rc = bide_sleep(100);
    say("c out");
    return rc;
}

static int b(void *arg) {
    bide_task *t = arg;
    int rc = bide_await(t, NULL);
    say("b out; c %s", st(t));
    return rc;
}

static int a(void *arg) {
    bide_task *t = arg;
    int rc = bide_await(t, NULL);
    say("a out; b %s", st(t));
    return rc;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *tc = bide_create_task(c, NULL);
    BIDE_AUTO bide_task *tb = bide_create_task(b, tc);
    BIDE_AUTO bide_task *ta = bide_create_task(a, tb);
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(ta);
    say("counts %d %d %d", bide_task_cancelling(ta), bide_task_cancelling(tb), bide_task_cancelling(tc));
    for (int i = 0; i < 5; i++) {
        say("tick %d %s %s %s", i, st(ta), st(tb), st(tc));
        BIDE_TRY(bide_sleep(0));
    }
    return 0;
}

int main(void) { return conformance_run(main_task); }
