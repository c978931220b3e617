/* To put into a full queue waits for a get. */
#include "conformance.h"

static int producer(void *q) {
    for (int i = 0; i < 4; i++) {
        BIDE_TRY(bide_queue_put(q, bide_i64(i)));
        say("put %d %d", i, now());
    }
    return 0;
}

static int consume_one(bide_queue *q) {
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_queue_get(q, &item));
    say("got %s", show(item));
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 2));
    BIDE_AUTO bide_task *t = bide_create_task(producer, &q);
    BIDE_TRY(bide_sleep(5));
    say("full %d %zu", bide_queue_full(&q), bide_queue_qsize(&q));
    BIDE_TRY(consume_one(&q));
    BIDE_TRY(bide_sleep(5));
    BIDE_TRY(consume_one(&q));
    BIDE_TRY(bide_await(t, NULL));
    say("%zu %d", bide_queue_qsize(&q), now());
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
