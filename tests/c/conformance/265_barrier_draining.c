/* A newcomer that arrives while the barrier drains waits for the next round. */
#include "conformance.h"

struct party { bide_barrier *b; int k; };

static int party(void *arg) {
    struct party *p = arg;
    int index;
    BIDE_TRY(bide_barrier_wait(p->b, &index));
    say("party %d index %d", p->k, index);
    return 0;
}

static int async_main(void *arg) {
    static bide_barrier b;
    BIDE_TRY(bide_barrier_init(&b, 2));
    BIDE_AUTO bide_task *t1 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 1));
    BIDE_AUTO bide_task *t2 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 2));
    BIDE_AUTO bide_task *t3 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 3));
    BIDE_TRY(bide_sleep(1));
    say("%s %s %s %zu", st(t1), st(t2), st(t3), bide_barrier_n_waiting(&b));
    BIDE_TRY(bide_barrier_wait(&b, NULL));
    BIDE_TRY(bide_wait(BIDE_FUTURES(t1, t2, t3), INFINITY, BIDE_ALL_COMPLETED, NULL));
    return 0;
}

int main(void) { return conformance_run(async_main); }
