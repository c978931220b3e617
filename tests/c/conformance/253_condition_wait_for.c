/* bide_condition_wait_for tests its predicate at once and after each notification. */
#include "conformance.h"

struct shared { bide_condition changed; int n; };

static bool ready(void *arg) {
    struct shared *s = arg;
    say("predicate %d", s->n);
    return s->n >= 2;
}

static int waiter(void *arg) {
    struct shared *s = arg;
    BIDE_TRY(bide_condition_acquire(&s->changed));
    int rc = bide_condition_wait_for(&s->changed, ready, s);
    if (rc == 0) say("ready %d", now());
    bide_condition_release(&s->changed);
    return rc;
}

static int async_main(void *arg) {
    static struct shared s = { .changed = BIDE_CONDITION_INIT };
    BIDE_AUTO bide_task *w = bide_create_task(waiter, &s);
    for (int i = 0; i < 2; i++) {
        BIDE_TRY(bide_sleep(3));
        BIDE_TRY(bide_condition_acquire(&s.changed));
        s.n++;
        bide_condition_notify(&s.changed, 1);
        bide_condition_release(&s.changed);
    }
    BIDE_TRY(bide_await(w, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
