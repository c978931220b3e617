/* The only getter is woken and cancelled before it runs: the item stays in the queue. */
#include "conformance.h"

static int getter(void *q) {
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_queue_get(q, &item));
    say("never %s", show(item));
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 0));
    BIDE_AUTO bide_task *a = bide_create_task(getter, &q);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(5)));
    bide_task_cancel(a);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a), INFINITY, BIDE_ALL_COMPLETED, NULL));
    size_t size = bide_queue_qsize(&q);
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_queue_get_nowait(&q, &item));
    say("%s %zu %s", st(a), size, show(item));
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
