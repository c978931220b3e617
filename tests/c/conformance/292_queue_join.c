/* bide_queue_join waits until bide_queue_task_done was called for every item. */
#include "conformance.h"

static int worker(void *q) {
    for (;;) {
        BIDE_AUTO_VALUE bide_value item = { 0 };
        BIDE_TRY(bide_queue_get(q, &item));
        BIDE_TRY(bide_sleep(item.i64));
        say("worked %s %d", show(item), now());
        BIDE_TRY(bide_queue_task_done(q));
    }
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 0));
    BIDE_TRY(bide_queue_join(&q));
    say("empty join is immediate");
    for (int i = 2; i <= 3; i++) BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(i)));
    BIDE_AUTO bide_task *w = bide_create_task(worker, &q);
    BIDE_TRY(bide_queue_join(&q));
    say("joined %d %zu %s", now(), bide_queue_qsize(&q), st(w));
    bide_task_cancel(w);
    BIDE_TRY(bide_wait(BIDE_FUTURES(w), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
