/* A get with a timeout leaves the queue usable. */
#include "conformance.h"

static int get(void *q) {
    bide_value item;
    BIDE_TRY(bide_queue_get(q, &item));
    return bide_return_value(item);
}

static int async_main(void *arg) {
    bide_queue q;
    BIDE_TRY(bide_queue_init(&q, 0));
    int rc = bide_wait_for_call(get, &q, 5, NULL);
    if (rc == BIDE_ETIMEDOUT) say("%s %d", bide_error_name(rc), now());
    else BIDE_TRY(rc);
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(3)));
    BIDE_AUTO_VALUE bide_value item = { 0 };
    BIDE_TRY(bide_wait_for_call(get, &q, 5, &item));
    say("%s", show(item));
    bide_queue_clear(&q);
    return 0;
}

int main(void) { return conformance_run(async_main); }
