/* A newcomer may fill the room that was made for a woken putter, which then waits on. */
#include "conformance.h"

struct putter { bide_queue *q; int k; };

static int putter(void *arg) {
    struct putter *p = arg;
    BIDE_TRY(bide_queue_put(p->q, bide_i64(p->k)));
    say("put %d %d", p->k, now());
    return 0;
}

static int take_one(bide_queue *q) {
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_queue_get_nowait(q, &item));
    say("got %s", show(item));
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 1));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(0)));
    BIDE_AUTO bide_task *a = bide_create_task_copy(putter, BIDE_ARGS(struct putter, &q, 1));
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(take_one(&q));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(9)));
    BIDE_TRY(bide_sleep(5));
    say("%s", st(a));
    BIDE_TRY(take_one(&q));
    BIDE_TRY(bide_await(a, NULL));
    BIDE_TRY(take_one(&q));
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
