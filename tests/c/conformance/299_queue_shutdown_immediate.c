/* An immediate shutdown drops the items and ends the joins. */
#include "conformance.h"

static int joiner(void *q) {
    BIDE_TRY(bide_queue_join(q));
    say("joined %d", now());
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 0));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(1)));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(2)));
    BIDE_AUTO bide_task *j = bide_create_task(joiner, &q);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_queue_shutdown(&q, true));
    say("size %zu", bide_queue_qsize(&q));
    BIDE_TRY(bide_await(j, NULL));
    int rc = bide_queue_get(&q, NULL);
    if (rc == BIDE_ESHUTDOWN) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
