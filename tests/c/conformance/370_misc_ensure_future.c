/* bide_ensure_future of a task is the task itself, of a function it is a new task. */
#include "conformance.h"

static int job(void *arg) { return bide_return_i64(1); }

static int async_main(void *arg) {
    BIDE_AUTO bide_task *t = bide_create_task(job, NULL);
    BIDE_AUTO bide_future *same = bide_ensure_future(t);
    say("%d", same == t);
    BIDE_AUTO bide_task *u = bide_ensure_future_call(job, NULL);
    const char *state = st(u);
    bide_value x, y;
    BIDE_TRY(bide_await(u, &x));
    BIDE_TRY(bide_await(t, &y));
    say("%s %s %s", state, show(x), show(y));
    return 0;
}

int main(void) { return conformance_run(async_main); }
