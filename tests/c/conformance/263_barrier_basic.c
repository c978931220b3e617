/* All leave a barrier when the last one arrives; their indexes are in order of arrival. */
#include "conformance.h"

struct party { bide_barrier *b; int k; };

static int party(void *arg) {
    struct party *p = arg;
    int index;
    BIDE_TRY(bide_sleep(p->k));
    BIDE_TRY(bide_barrier_wait(p->b, &index));
    say("party %d index %d %d", p->k, index, now());
    return 0;
}

static int async_main(void *arg) {
    const int parties = 3;
    static bide_barrier b;
    BIDE_TRY(bide_barrier_init(&b, parties));
    BIDE_AUTO bide_task *t1 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 5));
    BIDE_AUTO bide_task *t2 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 1));
    BIDE_AUTO bide_task *t3 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 3));
    BIDE_TRY(bide_sleep(4));
    say("waiting %zu of %zu", bide_barrier_n_waiting(&b), bide_barrier_parties(&b));
    BIDE_TRY(bide_wait(BIDE_FUTURES(t1, t2, t3), INFINITY, BIDE_ALL_COMPLETED, NULL));
    say("waiting %zu", bide_barrier_n_waiting(&b));
    return 0;
}

int main(void) { return conformance_run(async_main); }
