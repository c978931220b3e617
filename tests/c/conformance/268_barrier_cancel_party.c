/* A party that is cancelled while it waits at the barrier no longer counts. */
#include "conformance.h"

struct party { bide_barrier *b; int k; };

static int party(void *arg) {
    struct party *p = arg;
    int index;
    BIDE_TRY(bide_barrier_wait(p->b, &index));
    say("party %d index %d %d", p->k, index, now());
    return 0;
}

static int async_main(void *arg) {
    static bide_barrier b;
    BIDE_TRY(bide_barrier_init(&b, 2));
    BIDE_AUTO bide_task *t1 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 1));
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(t1);
    BIDE_TRY(bide_sleep(1));
    say("%s %zu %d", st(t1), bide_barrier_n_waiting(&b), bide_barrier_broken(&b));
    BIDE_AUTO bide_task *t2 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 2));
    BIDE_TRY(bide_sleep(3));
    say("%s %zu", st(t2), bide_barrier_n_waiting(&b));
    BIDE_AUTO bide_task *t3 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 3));
    BIDE_TRY(bide_wait(BIDE_FUTURES(t2, t3), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
