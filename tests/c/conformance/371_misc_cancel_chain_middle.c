/* Ten tasks in a chain, cancelled from the middle. */
#include "conformance.h"

enum { LINKS = 10 };

struct link { int k; bide_task *next; };

static int chain_link(void *arg) {
    const struct link *l = arg;
    const int rc = l->next ? bide_await(l->next, NULL) : bide_sleep(100);
    if (rc == BIDE_ECANCELED) say("link %d %d", l->k, bide_task_cancelling(bide_current_task()));
    return rc;
}

static int cancel_the_middle(bide_task *const *ts) {
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(ts[5]);
    BIDE_TRY(bide_wait(ts, LINKS, INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("%s %d", st(ts[9]), now());
    return 0;
}

static int async_main(void *arg) {
    bide_task *ts[LINKS];
    for (int k = 0; k < LINKS; k++)
        ts[k] = bide_create_task_copy(chain_link, BIDE_ARGS(struct link, k, k > 0 ? ts[k - 1] : NULL));
    const int rc = cancel_the_middle(ts);
    bide_release_all(ts, LINKS);
    return rc;
}

int main(void) { return conformance_run(async_main); }
