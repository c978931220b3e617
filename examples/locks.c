/* locks.c -- a lock, an event and a condition: three ways in which tasks wait for each other.
 *
 *     async with lock:                  # one at a time, first come, first served
 *     await event.wait()                # until somebody sets it
 *     async with condition:             # until somebody says that the stock has changed
 *         await condition.wait_for(lambda: stock >= 2)
 */
#include <bide.h>
#include <stdio.h>

static bide_lock lock = BIDE_LOCK_INIT;
static bide_event ready = BIDE_EVENT_INIT;
static bide_condition changed = BIDE_CONDITION_INIT;
static int stock;

static double start;

static double elapsed(void) { return bide_loop_time(NULL) - start; }

/* ------------------------------------------------------------------ lock */

static int one_at_a_time(void *name) {
    BIDE_GUARD_LOCK(&lock);            /* to the end of the function */
    printf("%s has the lock at %.0f\n", (const char *)name, elapsed());
    return bide_sleep(1);
}

static int use_lock(void) {
    return bide_gather_join(BIDE_FUTURES(bide_create_task(one_at_a_time, "first"),
                                         bide_create_task(one_at_a_time, "second")), false, NULL);
}

/* ------------------------------------------------------------------ event */

static int wait_until_ready(void *name) {
    BIDE_TRY(bide_event_wait(&ready));
    printf("%s goes on at %.0f\n", (const char *)name, elapsed());
    return 0;
}

static int get_ready(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(1));
    bide_event_set(&ready);
    return 0;
}

static int use_event(void) {
    return bide_gather_join(BIDE_FUTURES(bide_create_task(wait_until_ready, "third"),
                                         bide_create_task(wait_until_ready, "fourth"),
                                         bide_create_task(get_ready, NULL)), false, NULL);
}

/* ------------------------------------------------------------------ condition */

static bool enough(void *count) { return stock >= *(const int *)count; }

static int buy_two(void *arg) {
    (void)arg;
    BIDE_GUARD_CONDITION(&changed);
    BIDE_TRY(bide_condition_wait_for(&changed, enough, &(int){ 2 }));
    stock -= 2;
    printf("bought 2 at %.0f, %d left\n", elapsed(), stock);
    return 0;
}

static int deliver_three(void *arg) {
    (void)arg;
    for (int i = 0; i < 3; i++) {
        BIDE_TRY(bide_sleep(1));
        BIDE_GUARD_CONDITION(&changed);            /* to the end of this round */
        stock++;
        bide_condition_notify_all(&changed);
    }
    return 0;
}

static int use_condition(void) {
    return bide_gather_join(BIDE_FUTURES(bide_create_task(buy_two, NULL),
                                         bide_create_task(deliver_three, NULL)), false, NULL);
}

static int async_main(void *arg) {
    (void)arg;
    start = bide_loop_time(NULL);
    BIDE_TRY(use_lock());
    BIDE_TRY(use_event());
    BIDE_TRY(use_condition());
    printf("%d in stock\n", stock);
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
