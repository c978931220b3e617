/* To release a lock that nobody holds is a RuntimeError. */
#include "conformance.h"

static int async_main(void *arg) {
    bide_lock lock = BIDE_LOCK_INIT;
    int rc = bide_lock_release(&lock);
    if (rc == BIDE_ERUNTIME) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_TRY(bide_lock_release(&lock));
    rc = bide_lock_release(&lock);
    if (rc == BIDE_ERUNTIME) say("%s", bide_error_name(rc));
    else BIDE_TRY(rc);
    return 0;
}

int main(void) { return conformance_run(async_main); }
