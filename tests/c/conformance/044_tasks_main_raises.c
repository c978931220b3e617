/* An error of the main task comes out of bide_run after the tasks left over were cancelled. */
#include "conformance.h"

static int left(void *arg) {
    int rc = bide_sleep(10);
    say("left-over cancelled");
    return rc;
}

static int main_task(void *arg) {
    bide_release(bide_create_task(left, NULL));
    BIDE_TRY(bide_sleep(0));
    return bide_raise(BIDE_EVALUE, NULL);
}

int main(void) { return conformance_run(main_task); }
