/* From a priority queue the smallest item is got first. */
#include "conformance.h"

static bide_queue q;

static int async_main(void *arg) {
    static const int numbers[] = { 5, 1, 4, 1, 3 };
    BIDE_TRY(bide_priority_queue_init(&q, 0, NULL, NULL));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) BIDE_TRY(bide_queue_put_nowait(&q, bide_i64(numbers[i])));
    while (!bide_queue_empty(&q)) {
        BIDE_AUTO_VALUE bide_value item = { 0 };
        BIDE_TRY(bide_queue_get(&q, &item));
        say("%s", show(item));
    }
    return 0;
}

int main(void) {
    const int code = conformance_run(async_main);
    bide_queue_clear(&q);      /* tasks may have used it after their main had ended */
    return code;
}
