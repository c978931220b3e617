/* barrier.c -- a meeting point for a number of tasks.
 *
 *   FILLING -> DRAINING     the last party arrives
 *   DRAINING -> FILLING     the last of them has left
 *   FILLING, DRAINING -> RESETTING -> FILLING   reset while some wait, the last of them has left
 *   any -> BROKEN           abort
 *   BROKEN -> FILLING       reset
 *
 * Who comes while it drains or resets waits for the next round. */
#include "internal.h"

enum { UNMADE, FILLING, DRAINING, RESETTING, BROKEN };

static int check(const bide_barrier *b) {
    BIDE__TEXT(unmade, "the barrier was not initialised");
    return b->state != UNMADE ? 0 : BIDE__FAIL(BIDE_EVALUE, unmade);
}

int bide_barrier_init(bide_barrier *b, int parties) {
    BIDE__TEXT(few, "parties must be >= 1");
    *b = (bide_barrier){ .state = UNMADE };
    if (parties < 1) return BIDE__FAIL(BIDE_EVALUE, few);
    b->parties = (size_t)parties, b->state = FILLING;
    return 0;
}

static bool may_enter(void *b) {
    int state = ((bide_barrier *)b)->state;
    return state != DRAINING && state != RESETTING;
}

static bool is_released(void *b) { return ((bide_barrier *)b)->state != FILLING; }

static int broken(void) {
    BIDE__TEXT(text, "Abort or reset of barrier");
    return BIDE__FAIL(BIDE_EBROKEN, text);
}

/* Wait for the others; the last to come releases them. */
static int meet(bide_barrier *b, size_t index) {
    if (index + 1 == b->parties) {
        b->state = DRAINING;
        return bide_condition_notify_all(&b->condition);
    }
    BIDE_TRY(bide_condition_wait_for(&b->condition, is_released, b));
    return b->state == BROKEN || b->state == RESETTING ? broken() : 0;
}

static void leave(bide_barrier *b) {
    if (--b->count > 0) return;
    if (b->state == RESETTING || b->state == DRAINING) b->state = FILLING;
    bide_condition_notify_all(&b->condition);
}

static int wait_locked(bide_barrier *b, int *index) {
    BIDE_TRY(bide_condition_wait_for(&b->condition, may_enter, b));
    BIDE__TEXT(aborted, "Barrier aborted");
    if (b->state == BROKEN) return BIDE__FAIL(BIDE_EBROKEN, aborted);
    size_t mine = b->count++;
    int rc = meet(b, mine);
    leave(b);
    if (rc == 0 && index) *index = (int)mine;
    return rc;
}

int bide_barrier_wait(bide_barrier *b, int *index) {
    if (index) *index = 0;
    BIDE_TRY(check(b));
    BIDE_TRY(bide_condition_acquire(&b->condition));
    int rc = wait_locked(b, index);
    bide_ignore(bide_condition_release(&b->condition));
    return rc;
}

/* Change the state under the lock and tell everyone. */
static int change(bide_barrier *b, bool reset) {
    BIDE_TRY(check(b));
    BIDE_TRY(bide_condition_acquire(&b->condition));
    b->state = !reset ? BROKEN : b->count > 0 ? RESETTING : FILLING;
    bide_condition_notify_all(&b->condition);
    return bide_condition_release(&b->condition);
}

int bide_barrier_reset(bide_barrier *b) { return change(b, true); }
int bide_barrier_abort(bide_barrier *b) { return change(b, false); }
size_t bide_barrier_parties(const bide_barrier *b) { return b->parties; }
size_t bide_barrier_n_waiting(const bide_barrier *b) { return b->state == FILLING ? b->count : 0; }
bool bide_barrier_broken(const bide_barrier *b) { return b->state == BROKEN; }
