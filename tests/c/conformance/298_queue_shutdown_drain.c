/* After a shutdown the remaining items can still be got, while waiting putters fail. */
#include "conformance.h"

struct putter { bide_queue *q; int k; };

static int putter(void *arg) {
    struct putter *p = arg;
    int rc = bide_queue_put(p->q, bide_i64(p->k));
    if (rc == 0) say("never");
    else if (rc == BIDE_ESHUTDOWN) say("putter %d %s", p->k, bide_error_name(rc));
    else return rc;
    return 0;
}

static bide_queue q;

static int async_main(void *arg) {
    BIDE_TRY(bide_queue_init(&q, 2));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(1)));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(2)));
    BIDE_AUTO bide_task *t = bide_create_task_copy(putter, BIDE_ARGS(struct putter, &q, 3));
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_queue_shutdown(&q, false));
    BIDE_TRY(bide_await(t, NULL));
    BIDE_AUTO_VALUE bide_value first = { 0 }, second = { 0 };
    BIDE_TRY(bide_queue_get(&q, &first));
    BIDE_TRY(bide_queue_get(&q, &second));
    say("%s %s", show(first), show(second));
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
