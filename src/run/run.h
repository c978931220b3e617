/* run.h -- turns of a loop and run calls: what hosts and runners use of them. */
#ifndef BIDE_RUN_H
#define BIDE_RUN_H

#include "task/task.h"

/* ---------------------------------------------------------------- turns (turns.c) */

/* How bide__loop_turns ended. */
typedef enum { BIDE__IDLE, BIDE__STOPPED, BIDE__SLICE_OVER } bide__turns;
/* Run turns until nothing is ready, the loop is stopped, or the host's clock passes `deadline` (INFINITY: no limit). */
bide__turns bide__loop_turns(bide_loop *loop, double deadline);
void bide__loop_run_front(bide_loop *loop);          /* the first of the batch alone */
/* Of an idle loop: seconds until the next timer, INFINITY: only the host can go on;
 * negative: deadlock. On the virtual clock it jumps to the next timer and answers 0. */
double bide__loop_wait(bide_loop *loop);

/* ---------------------------------------------------------------- run calls (run.c, leftovers.c) */

/* Report a deadlock and end the program, or call the handler and return. */
void bide__loop_deadlock(bide_loop *loop);
/* BIDE__ASKED_INTERRUPT: cancel the main task of the running loop. */
void bide__loop_interrupt(void);
/* True once after a bide_run that Ctrl-C ended. */
extern bool bide__interrupted;

/* ---- steps of a run call. What waits for the loop is the last that its caller does, since nothing behind it happens on hosts
 * that unwind. What follows is put ahead, the last first, and gets the code. The head of run.c tells why. */

typedef int bide__run_step(int rc);
void bide__run_then(bide__run_step *step);
/* The next steps until one waits: `rc` is the code so far, bide__run_outcome in a run call that is rewound. */
int bide__run_go_on(int rc);
/* What bide__host_run would have answered, of a host that unwinds. */
extern int bide__run_outcome;
/* Whether one is under way, or a loop runs. */
bool bide__run_is_under_way(void);
/* 0, or BIDE_ERUNTIME: `loop` can't be run. NULL has failed already. */
int bide__run_check(const bide_loop *loop);

/* Run turns until stopped; the caller has checked that it may. */
int bide__run_until_stopped(bide_loop *loop);
/* The loop runs until `f` is done. 0, BIDE_ERUNTIME (stopped before), BIDE_EDEADLOCK. */
int bide__run_until_done(bide_loop *loop, bide_future *f);
/* The same, then the outcome of `f`, whose reference is taken. */
int bide__run_until_complete(bide_loop *loop, bide_future *f, bide_value *result);
/* The same for a task of `fn`. */
int bide__run_call(bide_loop *loop, bide_fn *fn, void *arg, bide_value *result);
/* Run `main`, whose reference is taken, in `loop`; Ctrl-C cancels it. */
int bide__run_main(bide_loop *loop, bide_task *main, bide_value *result);
/* The runs in `loop` are over: cancel what is left, wait for it, close the loop, which is the one that was
 * set (bide_set_event_loop) if `was_set`. 0, BIDE_EDEADLOCK. */
int bide__close_runner(bide_loop *loop, bool was_set);
/* Cancel every unfinished task, wait for all, report their errors. 0, BIDE_EDEADLOCK, BIDE_ERUNTIME (stopped before). */
int bide__loop_cancel_all(bide_loop *loop);
/* Tell of tasks and futures that still refer to a loop which is closed. */
void bide__report_forgotten(const bide_loop *loop);

/* A node that stops its loop when its turn comes. */
typedef struct { bide__node node; bide_loop *loop; } bide__stopper;
extern const bide__node_type bide__stopper_type;

#endif
