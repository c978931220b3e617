/* Those who wait at an aborted barrier and those who come later get BrokenBarrierError, until a reset. */
#include "conformance.h"

struct party { bide_barrier *b; int k; };

static int party(void *arg) {
    struct party *p = arg;
    int index, rc = bide_barrier_wait(p->b, &index);
    if (rc == 0) say("party %d index %d", p->k, index);
    else if (rc == BIDE_EBROKEN) say("party %d %s %d", p->k, bide_error_name(rc), now());
    else return rc;
    return 0;
}

static int meet_after_reset(bide_barrier *b) {
    BIDE_AUTO bide_task *t4 = bide_create_task_copy(party, BIDE_ARGS(struct party, b, 4));
    BIDE_AUTO bide_task *t5 = bide_create_task_copy(party, BIDE_ARGS(struct party, b, 5));
    BIDE_AUTO bide_task *t6 = bide_create_task_copy(party, BIDE_ARGS(struct party, b, 6));
    return bide_wait(BIDE_FUTURES(t4, t5, t6), INFINITY, BIDE_ALL_COMPLETED, NULL);
}

static int async_main(void *arg) {
    static bide_barrier b;
    BIDE_TRY(bide_barrier_init(&b, 3));
    BIDE_AUTO bide_task *t1 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 1));
    BIDE_AUTO bide_task *t2 = bide_create_task_copy(party, BIDE_ARGS(struct party, &b, 2));
    BIDE_TRY(bide_sleep(2));
    BIDE_TRY(bide_barrier_abort(&b));
    say("broken %d", bide_barrier_broken(&b));
    BIDE_TRY(bide_wait(BIDE_FUTURES(t1, t2), INFINITY, BIDE_ALL_COMPLETED, NULL));
    BIDE_TRY(party(&(struct party){ &b, 3 }));
    BIDE_TRY(bide_barrier_reset(&b));
    say("broken %d", bide_barrier_broken(&b));
    return meet_after_reset(&b);
}

int main(void) { return conformance_run(async_main); }
