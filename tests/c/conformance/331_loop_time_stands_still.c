/* The virtual clock stands still as long as anything is ready. */
#include "conformance.h"

static int async_main(void *arg) {
    for (int i = 0; i < 100; i++) BIDE_TRY(bide_sleep(0));
    say("%d", now());
    BIDE_TRY(bide_sleep(1));
    say("%d", now());
    return 0;
}

int main(void) { return conformance_run(async_main); }
