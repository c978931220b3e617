/* A task that a running task creates goes behind everything that is ready. */
#include "conformance.h"

static int leaf(void *arg) {
    say("leaf %d", *(int *)arg);
    return 0;
}

static int node(void *arg) {
    int k = *(int *)arg;
    say("node %d in", k);
    bide_task *t = bide_create_task_copy(leaf, BIDE_ARGS(int, k));
    say("node %d spawned", k);
    BIDE_TRY(bide_join(t, NULL));
    say("node %d out", k);
    return 0;
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(node, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(node, BIDE_ARGS(int, 2));
    say("main waits");
    BIDE_TRY(bide_await(a, NULL));
    BIDE_TRY(bide_await(b, NULL));
    return 0;
}

int main(void) { return conformance_run(main_task); }
