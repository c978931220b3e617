/* race.c -- a thousand tasks, each in a loop of its own: sleep, take a step.
 *
 * JavaScript calls race(), which waits for all of them. While it waits, the
 * page draws the track on every frame. For that it calls no C, but reads the
 * memory that it shares with C.
 */
#include <bide.h>
#include <stdlib.h>

enum { RUNNERS = 1000, STEPS = 250 };

/* Where everybody is. race.js knows this layout. */
static struct track {
    int32_t runners, steps;
    int32_t finished;         /* how many have arrived */
    int32_t winner;           /* valid once somebody has */
    int32_t wakeups;          /* sleeps that have ended, of all together */
    int32_t taken[RUNNERS];   /* steps */
} track = { .runners = RUNNERS, .steps = STEPS };

struct runner { int lane; double pace; };

static double between(double low, double high) { return low + (high - low) * rand() / RAND_MAX; }

static int run(void *arg) {
    const struct runner *me = arg;
    while (track.taken[me->lane] < STEPS) {
        BIDE_TRY(bide_sleep(between(0, 2 * me->pace)));
        track.taken[me->lane]++;
        track.wakeups++;
    }
    if (track.finished++ == 0) track.winner = me->lane;
    return 0;
}

/* Each needs a few hundred bytes of stack, so a thousand fit in one megabyte. */
static bide_task *start(int lane) {
    static const bide_task_options options = { .stack_size = 1024, .arg_size = sizeof(struct runner) };
    struct runner runner = { lane, between(0.010, 0.030) };
    return bide_create_task_with(&options, run, &runner);
}

/* Answers the winner's lane. There is one track, so one race at a time.
 * A cancelled race cancels its runners, since gather does. */
BIDE_EXPORT int race(unsigned seed) {
    srand(seed);
    track = (struct track){ .runners = RUNNERS, .steps = STEPS };
    bide_task *runners[RUNNERS];
    for (int lane = 0; lane < RUNNERS; lane++) runners[lane] = start(lane);
    BIDE_TRY(bide_gather_join(runners, RUNNERS, false, NULL));
    return track.winner;
}

BIDE_EXPORT const struct track *where(void) { return &track; }
