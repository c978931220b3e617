/* Both items and getters are served in order. */
#include "conformance.h"

struct getter { bide_queue *q; int k; };

static int getter(void *arg) {
    struct getter *g = arg;
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_queue_get(g->q, &item));
    say("getter %d got %s %d", g->k, show(item), now());
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 0));
    BIDE_AUTO bide_task *a = bide_create_task_copy(getter, BIDE_ARGS(struct getter, &q, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(getter, BIDE_ARGS(struct getter, &q, 2));
    BIDE_AUTO bide_task *c = bide_create_task_copy(getter, BIDE_ARGS(struct getter, &q, 3));
    BIDE_TRY(bide_sleep(2));
    for (int i = 10; i <= 30; i += 10) BIDE_TRY(bide_queue_put(&q, bide_i64(i)));
    say("size %zu main was not suspended", bide_queue_qsize(&q));
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b, c), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
