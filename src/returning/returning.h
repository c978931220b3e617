/* returning.h -- what hosts that return to their caller share (returning.c), beside bide__host_run. */
#ifndef BIDE_RETURNING_H
#define BIDE_RETURNING_H

#include "run/run.h"

/* Start `main` by `fn`, and run it until it waits for a loop. If it returns, the own loop still has its turns. */
void bide__returning_start(bide_fn *fn);

/* Run turns until the host's clock passes `deadline`, of the loop that main waits for and of the own one.
 * Answers in how many seconds it wants to be called again; INFINITY: after an event. */
double bide__returning_wake(double deadline);

/* Wake a task that waits by bide__wait, and let it run before this returns, if its loop has nothing else to do. True: its loop still
 * has nothing to do. No C function may be on the stack. */
bool bide__returning_step(bide__task *t);

/* Nothing can happen any more, and main still waits: report it, or let the deadlock handler and then main know. */
void bide__returning_stuck(void);

/* Ctrl-C: false: there is no main task that would be cancelled. */
bool bide__returning_interrupt(void);

/* End the slice behind the turn that runs. */
void bide__returning_pause(void);

/* The loop for calls that arrive while main waits for none; NULL without memory. */
bide_loop *bide__returning_loop(void);
/* Cancel the tasks of the own loop. */
void bide__returning_cancel_own(void);
/* The same for good, as the end of a run does it. */
void bide__returning_end_own(void);
/* Whether one of those has not ended. */
bool bide__returning_own_ends(void);
/* Make a task that closes the asynchronous generators of the own loop, and has to end. False: none is left, or no memory. */
bool bide__returning_end_generators(void);

/* The run call that main waits in returns, as by bide_loop_stop. */
void bide__returning_stop(void);

#endif
