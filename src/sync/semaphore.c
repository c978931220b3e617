/* semaphore.c -- a counter that tasks wait for; first come, first served.
 *
 * A release hands its unit over to a waiter, if there is one: the value stays as it
 * is, and the waiter owns the unit from its wake-up on. If the waiter is cancelled
 * before it runs, the unit comes back and goes on to the next. */
#include "task/block.h"
#include "task/waiter.h"

BIDE__FAST;

static int semaphore_check(const bide_semaphore *s) {
    BIDE__TEXT(unmade, "the semaphore was not initialised");
    return s->ready ? 0 : BIDE__FAIL(BIDE_EVALUE, unmade);
}

static int semaphore_init(bide_semaphore *s, int value, size_t bound) {
    BIDE__TEXT(negative, "Semaphore initial value must be >= 0");
    *s = (bide_semaphore){ .ready = false };
    if (value < 0) return BIDE__FAIL(BIDE_EVALUE, negative);
    s->ready = true, s->value = (size_t)value, s->bound = bound;
    return 0;
}

int bide_semaphore_init(bide_semaphore *s, int value) { return semaphore_init(s, value, SIZE_MAX); }
int bide_bounded_semaphore_init(bide_semaphore *s, int value) { return semaphore_init(s, value, (size_t)value); }

bool bide_semaphore_locked(const bide_semaphore *s) { return s->value == 0 || bide__waiters_any(&s->waiting); }

/* Hand one unit over; false: there is no unit, or nobody waits. */
static bool semaphore_hand_over(bide_semaphore *s) {
    if (s->value == 0 || !bide__wake_first(&s->waiting)) return false;
    s->value--;
    return true;
}

static bide_semaphore *semaphore_of(bide__waiters *ws) {
    return (bide_semaphore *)((char *)ws - offsetof(bide_semaphore, waiting));
}

/* The wait is over. Whether it got a unit or not, the task hands over the units that are left. */
static int semaphore_finish(bide__task *t) {
    bide_semaphore *s = semaphore_of(t->queue);
    int rc = bide__waiter_end(t);
    if (rc != 0 && t->was_woken) s->value++;
    while (semaphore_hand_over(s)) {}
    return rc;
}

CORO_LEAF int bide_semaphore_acquire(bide_semaphore *s) {
    if (coro_rewinding()) return coro_rewound(), semaphore_finish(bide__resumed());
    int rc = semaphore_check(s);
    bide__task *t = rc == 0 ? bide__self() : NULL;
    if (!t) return rc ? rc : BIDE_ERUNTIME;
    if (!bide_semaphore_locked(s)) return s->value--, 0;
    bide__waiters_enter(&s->waiting, t, "a semaphore");
    return coro_suspend(&t->coro) ? 0 : semaphore_finish(bide__resumed());
}
BIDE__SUSPENDS(bide_semaphore_acquire);

int bide_semaphore_release(bide_semaphore *s) {
    BIDE__TEXT(too_often, "BoundedSemaphore released too many times");
    int rc = semaphore_check(s);
    if (rc != 0) return rc;
    if (s->value >= s->bound) return BIDE__FAIL(BIDE_EVALUE, too_often);
    s->value++;
    semaphore_hand_over(s);
    return 0;
}

void bide__semaphore_exit(void *semaphore) {
    int rc = bide_semaphore_release(semaphore);
    if (rc != 0) bide__fail_later(rc);
}
