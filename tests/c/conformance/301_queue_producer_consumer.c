/* A bounded pipeline with two consumers, which end when the queue is shut down. */
#include "conformance.h"

static bide_queue q;

static int producer(void *arg) {
    for (int i = 0; i < 6; i++) {
        BIDE_TRY(bide_queue_put(&q, bide_i64(i)));
        say("put %d %d", i, now());
    }
    return bide_queue_shutdown(&q, false);
}

static int consumer(void *arg) {
    const int k = *(const int *)arg;
    for (int n = 0;; n++) {
        BIDE_AUTO_VALUE bide_value i = { 0 };
        const int rc = bide_queue_get(&q, &i);
        if (rc == BIDE_ESHUTDOWN) return bide_return_i64(n);
        BIDE_TRY(rc);
        say("consumer %d item %s %d", k, show(i), now());
        BIDE_TRY(bide_sleep(k));
    }
}

static int async_main(void *arg) {
    int two = 2, three = 3;
    bide_task_group tg = BIDE_TASK_GROUP_INIT;
    BIDE_AUTO bide_task *a = NULL, *b = NULL;
    BIDE_TRY(bide_queue_init(&q, 1));
    BIDE_WITH_TASK_GROUP(&tg) {
        bide_task_group_create_task(&tg, producer, NULL);
        a = bide_retain(bide_task_group_create_task(&tg, consumer, &two));
        b = bide_retain(bide_task_group_create_task(&tg, consumer, &three));
    }
    bide_value x, y;
    BIDE_TRY(bide_future_result(a, &x));
    BIDE_TRY(bide_future_result(b, &y));
    say("%s %s %d", show(x), show(y), now());
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
