/* sync.c -- what the primitives cost, and a switch beside them in the same round.
 *
 *   sync queue MAXSIZE COUNT ROUNDS      ns for an item from a producer to a consumer
 *   sync lock COUNT ROUNDS               ns to acquire a free lock and to release it
 *   sync handover TASKS TURNS ROUNDS     ns from one holder to the next of a lock that all of them want
 *   sync event TASKS TURNS ROUNDS        ns for each waiter to be woken, to run and to wait again
 *   sync gather TASKS ROUNDS             ns a task to create them, and to gather their results
 *   sync timeout COUNT ROUNDS            ns for a timeout around a call that does not suspend
 *
 * A line a round: that figure, and the ns of a switch by two tasks. peers/ has the same program in other
 * languages, without the second figure. There are rounds because an engine replaces the code of a loop only when
 * it is entered again. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

static int first, second;          /* the numbers on the command line */
static double figure;              /* ns, by the measure that has run */

static double ns_since(double start, double count) { return (seconds_now() - start) / count * 1e9; }

/* ------------------------------------------------------------------ switch */

enum { SWITCHES = 50000 };
static double a_switch;

static int spinner(void *arg) {
    (void)arg;
    for (int i = 0; i < SWITCHES; i++) BIDE_TRY(bide_sleep(0));
    return 0;
}

static int switching(void *arg) {
    (void)arg;
    BIDE_AUTO bide_task *a = bide_create_task(spinner, NULL), *b = bide_create_task(spinner, NULL);
    BIDE_TRY(bide_sleep(0));
    double start = seconds_now();
    BIDE_TRY(bide_await(a, NULL));
    BIDE_TRY(bide_await(b, NULL));
    a_switch = ns_since(start, 2.0 * SWITCHES);
    return 0;
}

/* ------------------------------------------------------------------ queue */

static bide_queue queue;

static int producing(void *arg) {
    (void)arg;
    for (int i = 0; i < second; i++) BIDE_TRY(bide_queue_put(&queue, bide_i64(i)));
    return 0;
}

static int queueing(void *arg) {
    (void)arg;
    BIDE_TRY(bide_queue_init(&queue, first));
    BIDE_AUTO bide_task *producer = bide_create_task(producing, NULL);
    bide_value v;
    double start = seconds_now();
    for (int i = 0; i < second; i++) BIDE_TRY(bide_queue_get(&queue, &v));
    figure = ns_since(start, second);
    bide_queue_clear(&queue);
    return 0;
}

/* ------------------------------------------------------------------ lock */

static bide_lock lock;

static int locking(void *arg) {
    (void)arg;
    double start = seconds_now();
    for (int i = 0; i < first; i++) {
        BIDE_TRY(bide_lock_acquire(&lock));
        BIDE_TRY(bide_lock_release(&lock));
    }
    figure = ns_since(start, first);
    return 0;
}

/* ------------------------------------------------------------------ tasks of the measures below */

static bide_task **tasks;

static int create_all(bide_fn *fn) {
    for (int i = 0; i < first; i++) {
        tasks[i] = bide_create_task(fn, NULL);
        if (!tasks[i]) return bide_last_error();
    }
    return 0;
}

static int join_all(void) {
    for (int i = 0; i < first; i++) BIDE_TRY(bide_join(tasks[i], NULL));
    return 0;
}

/* ------------------------------------------------------------------ handover */

/* A task that releases the lock and acquires it again stands behind all that wait, so each turn is one hand-over. */
static int taking_turns(void *arg) {
    (void)arg;
    for (int i = 0; i < second; i++) {
        BIDE_TRY(bide_lock_acquire(&lock));
        BIDE_TRY(bide_lock_release(&lock));
    }
    return 0;
}

static int handing_over(void *arg) {
    (void)arg;
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_TRY(create_all(taking_turns));
    BIDE_TRY(bide_sleep(0));
    double start = seconds_now();
    BIDE_TRY(bide_lock_release(&lock));
    BIDE_TRY(join_all());
    figure = ns_since(start, (double)first * second);
    return 0;
}

/* ------------------------------------------------------------------ event */

static bide_event go, all_ran;
static int ran;

static int waiter(void *arg) {
    (void)arg;
    for (int i = 0; i < second; i++) {
        BIDE_TRY(bide_event_wait(&go));
        if (++ran == first) bide_event_set(&all_ran);
    }
    return 0;
}

static int waking(void *arg) {
    (void)arg;
    BIDE_TRY(create_all(waiter));
    BIDE_TRY(bide_sleep(0));
    double start = seconds_now();
    for (int i = 0; i < second; i++) {
        ran = 0;
        bide_event_clear(&all_ran);
        bide_event_set(&go);
        bide_event_clear(&go);
        BIDE_TRY(bide_event_wait(&all_ran));
    }
    figure = ns_since(start, (double)first * second);
    return join_all();
}

/* ------------------------------------------------------------------ gather */

static int nothing(void *arg) {
    (void)arg;
    return 0;
}

static int gathering(void *arg) {
    (void)arg;
    double start = seconds_now();
    BIDE_TRY(create_all(nothing));
    BIDE_AUTO_VALUE bide_value results = { 0 };
    BIDE_TRY(bide_gather_join(tasks, (size_t)first, false, &results));
    figure = ns_since(start, first);
    return 0;
}

/* ------------------------------------------------------------------ timeout */

static int timing_out(void *arg) {
    (void)arg;
    double start = seconds_now();
    for (int i = 0; i < first; i++) {
        bide_timeout t = BIDE_TIMEOUT_INIT;
        BIDE_TRY(bide_timeout_enter(&t, 60));
        BIDE_TRY(bide_timeout_exit(&t, nothing(NULL)));
    }
    figure = ns_since(start, first);
    return 0;
}

/* ------------------------------------------------------------------ main */

typedef struct { const char *name; bide_fn *fn; int numbers; } measure;

static const measure measures[] = {
    { "queue", queueing, 2 }, { "lock", locking, 1 }, { "handover", handing_over, 2 },
    { "event", waking, 2 }, { "gather", gathering, 1 }, { "timeout", timing_out, 1 },
};

static const measure *find(const char *name, int numbers) {
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        if (strcmp(measures[i].name, name) == 0 && numbers == measures[i].numbers + 1) return &measures[i];
    }
    return NULL;
}

int main(int argc, char **argv) {
    const measure *m = argc > 1 ? find(argv[1], argc - 2) : NULL;
    if (!m) return fputs("usage: sync queue MAXSIZE COUNT ROUNDS | lock COUNT ROUNDS | handover TASKS TURNS ROUNDS | event TASKS TURNS ROUNDS | gather TASKS ROUNDS | timeout COUNT ROUNDS\n", stderr), 2;
    first = atoi(argv[2]);
    if (m->numbers == 2) second = atoi(argv[3]);
    tasks = malloc(sizeof(bide_task *) * (size_t)first);
    int code = tasks ? 0 : 1;
    for (int rounds = atoi(argv[argc - 1]); code == 0 && rounds > 0; rounds--) {
        code = bide_main(m->fn, NULL);
        if (code == 0) code = bide_main(switching, NULL);
        printf("%.3f %.3f\n", figure, a_switch);
    }
    free(tasks);
    return code;
}
