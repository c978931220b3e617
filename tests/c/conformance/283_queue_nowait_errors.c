/* A get that does not wait gets QueueEmpty from an empty queue; a put that does not wait gets QueueFull from a full one. */
#include "conformance.h"

static int async_main(void *arg) {
    bide_queue q;
    BIDE_TRY(bide_queue_init(&q, 1));
    BIDE_AUTO_VALUE bide_value item = { 0 };
    int rc = bide_queue_get_nowait(&q, &item);
    if (rc == BIDE_EEMPTY) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(1)));
    rc = bide_queue_put_nowait(&q, bide_i64(2));
    if (rc == BIDE_EFULL) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    BIDE_TRY(bide_queue_get_nowait(&q, &item));
    say("%s %d", show(item), bide_queue_empty(&q));
    bide_queue_clear(&q);
    return 0;
}

int main(void) { return conformance_run(async_main); }
