/* barrier.c -- a meeting point for a number of tasks.
 *
 *   FILLING -> DRAINING               the last party arrives
 *   DRAINING -> FILLING               the last party has left
 *   FILLING, DRAINING -> RESETTING    reset while some wait
 *   RESETTING -> FILLING              the last of those has left
 *   any -> BROKEN                     abort
 *   BROKEN -> FILLING                 reset
 *
 * A task that comes while the barrier drains or resets waits for the next round. */
#include "link.h"
#include "loop/coroutine.h"

enum { BARRIER_UNMADE, BARRIER_FILLING, BARRIER_DRAINING, BARRIER_RESETTING, BARRIER_BROKEN };

static int barrier_check(const bide_barrier *b) {
    BIDE__TEXT(unmade, "the barrier was not initialised");
    return b->state != BARRIER_UNMADE ? 0 : BIDE__FAIL(BIDE_EVALUE, unmade);
}

int bide_barrier_init(bide_barrier *b, int parties) {
    BIDE__TEXT(few, "parties must be >= 1");
    *b = (bide_barrier){ .state = BARRIER_UNMADE };
    if (parties < 1) return BIDE__FAIL(BIDE_EVALUE, few);
    b->parties = (size_t)parties, b->state = BARRIER_FILLING;
    return 0;
}

static bool barrier_may_enter(void *b) {
    int state = ((bide_barrier *)b)->state;
    return state != BARRIER_DRAINING && state != BARRIER_RESETTING;
}

static bool barrier_is_released(void *b) { return ((bide_barrier *)b)->state != BARRIER_FILLING; }

static int barrier_broken(void) {
    BIDE__TEXT(text, "Abort or reset of barrier");
    return BIDE__FAIL(BIDE_EBROKEN, text);
}

/* Wait for the other parties, or release them as the last to come. */
static int barrier_meet(bide_barrier *b, size_t index) {
    if (index + 1 == b->parties) {
        b->state = BARRIER_DRAINING;
        return bide_condition_notify_all(&b->condition);
    }
    BIDE_TRY(bide_condition_wait_for(&b->condition, barrier_is_released, b));
    return b->state == BARRIER_BROKEN || b->state == BARRIER_RESETTING ? barrier_broken() : 0;
}

static void barrier_leave(bide_barrier *b) {
    if (--b->count > 0) return;
    if (b->state == BARRIER_RESETTING || b->state == BARRIER_DRAINING) b->state = BARRIER_FILLING;
    bide_condition_notify_all(&b->condition);
}

static int barrier_wait_locked(bide_barrier *b, int *index) {
    BIDE_TRY(bide_condition_wait_for(&b->condition, barrier_may_enter, b));
    BIDE__TEXT(aborted, "Barrier aborted");
    if (b->state == BARRIER_BROKEN) return BIDE__FAIL(BIDE_EBROKEN, aborted);
    size_t mine = b->count++;
    int rc = barrier_meet(b, mine);
    barrier_leave(b);
    if (rc == 0 && index) *index = (int)mine;
    return rc;
}

int bide_barrier_wait(bide_barrier *b, int *index) {
    if (index) *index = 0;
    BIDE_TRY(barrier_check(b));
    BIDE_TRY(bide_condition_acquire(&b->condition));
    int rc = barrier_wait_locked(b, index);
    bide__drop(bide_condition_release(&b->condition));
    return rc;
}
BIDE__SUSPENDS(bide_barrier_wait);

/* Change the state under the lock and tell everyone. */
static int barrier_change(bide_barrier *b, bool reset) {
    BIDE_TRY(barrier_check(b));
    BIDE_TRY(bide_condition_acquire(&b->condition));
    b->state = !reset ? BARRIER_BROKEN : b->count > 0 ? BARRIER_RESETTING : BARRIER_FILLING;
    bide_condition_notify_all(&b->condition);
    return bide_condition_release(&b->condition);
}

int bide_barrier_reset(bide_barrier *b) { return barrier_change(b, true); }
BIDE__SUSPENDS(bide_barrier_reset);
int bide_barrier_abort(bide_barrier *b) { return barrier_change(b, false); }
BIDE__SUSPENDS(bide_barrier_abort);
size_t bide_barrier_parties(const bide_barrier *b) { return b->parties; }
size_t bide_barrier_n_waiting(const bide_barrier *b) { return b->state == BARRIER_FILLING ? b->count : 0; }
bool bide_barrier_broken(const bide_barrier *b) { return b->state == BARRIER_BROKEN; }
