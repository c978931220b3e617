/* To report more items as done than were put is a ValueError. */
#include "conformance.h"

static int async_main(void *arg) {
    bide_queue q;
    BIDE_TRY(bide_queue_init(&q, 0));
    BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(1)));
    BIDE_TRY(bide_queue_get_nowait(&q, NULL));
    BIDE_TRY(bide_queue_task_done(&q));
    int rc = bide_queue_task_done(&q);
    if (rc == BIDE_EVALUE) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    bide_queue_clear(&q);
    return 0;
}

int main(void) { return conformance_run(async_main); }
