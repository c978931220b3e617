/* An item arrives in the turn of the getter's timeout, before it: the get times out and the item stays. */
#include "conformance.h"

static int put_three(void *q) { return bide_queue_put_nowait(q, bide_i64(3)); }

static int get(void *q) {
    bide_value item;
    BIDE_TRY(bide_queue_get(q, &item));
    return bide_return_value(item);
}

static int async_main(void *arg) {
    bide_queue q;
    BIDE_TRY(bide_queue_init(&q, 0));
    bide_loop_call_later(NULL, 5, put_three, &q);
    BIDE_AUTO_VALUE bide_value item = { 0 };
    int rc = bide_wait_for_call(get, &q, 5, &item);
    if (rc == 0) say("%s", show(item));
    else if (rc == BIDE_ETIMEDOUT) say("%s %d %zu", bide_error_name(rc), now(), bide_queue_qsize(&q));
    else return rc;
    bide_queue_clear(&q);
    return 0;
}

int main(void) { return conformance_run(async_main); }
