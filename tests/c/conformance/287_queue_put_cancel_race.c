/* There is room again, but the woken putter is cancelled before it runs: the next putter is woken. */
#include "conformance.h"

struct putter { bide_queue *q; int k; };

static int putter(void *arg) {
    struct putter *p = arg;
    BIDE_TRY(bide_queue_put(p->q, bide_i64(p->k)));
    say("put %d", p->k);
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 1));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(0)));
    BIDE_AUTO bide_task *a = bide_create_task_copy(putter, BIDE_ARGS(struct putter, &q, 1));
    BIDE_AUTO bide_task *b = bide_create_task_copy(putter, BIDE_ARGS(struct putter, &q, 2));
    BIDE_TRY(bide_sleep(1));
    BIDE_AUTO_VALUE bide_value first = { 0 }, second = { 0 };
    BIDE_TRY(bide_queue_get_nowait(&q, &first));
    say("got %s", show(first));
    bide_task_cancel(a);
    BIDE_TRY(bide_wait(BIDE_FUTURES(a, b), INFINITY, BIDE_ALL_COMPLETED, NULL));
    size_t size = bide_queue_qsize(&q);
    BIDE_TRY(bide_queue_get_nowait(&q, &second));
    say("%s %s %zu %s", st(a), st(b), size, show(second));
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
