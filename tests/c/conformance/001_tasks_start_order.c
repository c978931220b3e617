/* New tasks take their first step in the order of their creation, once their creator suspends. */
#include "conformance.h"

static int child(void *arg) {
    int k = *(int *)arg;
    say("child %d runs", k);
    return bide_return_i64(k * 10);
}

static int main_task(void *arg) {
    BIDE_AUTO bide_task *a = bide_create_task_copy(child, BIDE_ARGS(int, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(child, BIDE_ARGS(int, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(child, BIDE_ARGS(int, 3));
    say("created %s %s %s", st(a), st(b), st(c));
    BIDE_AUTO_VALUE bide_value from_a = { 0 }, from_b = { 0 }, from_c = { 0 };
    BIDE_TRY(bide_await(c, &from_c));
    say("%s", show(from_c));
    say("%s %s", st(a), st(b));
    BIDE_TRY(bide_await(a, &from_a));
    BIDE_TRY(bide_await(b, &from_b));
    say("%s %s", show(from_a), show(from_b));
    return 0;
}

int main(void) { return conformance_run(main_task); }
