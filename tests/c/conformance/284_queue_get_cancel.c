/* A cancelled getter takes nothing. */
#include "conformance.h"

struct getter { bide_queue *q; int k; };

static int getter(void *arg) {
    struct getter *g = arg;
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_queue_get(g->q, &item));
    say("getter %d got %s", g->k, show(item));
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 0));
    BIDE_AUTO bide_task *a = bide_create_task_copy(getter, BIDE_ARGS(struct getter, &q, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(getter, BIDE_ARGS(struct getter, &q, 2));
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(a);
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(5)));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %s %zu", st(a), st(b), bide_queue_qsize(&q));
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
