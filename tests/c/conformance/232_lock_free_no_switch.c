/* To acquire a free lock does not suspend. */
#include "conformance.h"

static int other(void *arg) {
    say("other");
    return 0;
}

static int async_main(void *arg) {
    bide_lock lock = BIDE_LOCK_INIT;
    BIDE_AUTO bide_task *t = bide_create_task(other, NULL);
    BIDE_TRY(bide_lock_acquire(&lock));
    say("have it %d %s", bide_lock_locked(&lock), st(t));
    bide_lock_release(&lock);
    say("free %d", bide_lock_locked(&lock));
    BIDE_TRY(bide_await(t, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
