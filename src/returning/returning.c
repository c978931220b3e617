/* returning.c -- the run loop of hosts that return to their caller, as JavaScript's event loop wants it.
 *
 * Nothing blocks. Somebody calls bide__returning_wake(), which runs turns and
 * answers when it wants to be called again. `main` is a coroutine: a run call
 * suspends it, and the wake-up that sees its loop stop resumes it. Its frames
 * stay where they are meanwhile, so a part of its stack is kept for what the
 * host's caller enters.
 *
 *   main:  not started -> running   bide__returning_start
 *          running -> waiting       bide__host_run, from within
 *          waiting -> running       returning_resume_main, when the loop has stopped
 *
 * Two loops can be under way: the one that main waits for (bide__running), and
 * the own one, for calls that come while there is no such loop. A wake-up
 * gives turns to both; while the own loop has them it is bide__running, and the
 * other one is returning_aside. */
#include "returning/returning.h"

#include "coro.h"
#include "host.h"
#include "task/waiter.h"

/* Bytes of main's stack that stay for the loop, its callbacks and whatever else the host's caller enters. */
enum { RETURNING_RESERVE = 32768 };

static bide_loop *returning_own;          /* NULL: no call needed it yet */
static struct coro returning_main;
static bide_fn *returning_main_fn;
static bool returning_main_runs;
static bide_loop *returning_aside;        /* NULL: main waits for none, or for bide__running */

/* ------------------------------------------------------------------ main */

/* Resumes a coroutine, so it is never unwound, nor is what calls it. */
static CORO_LEAF void returning_resume_main(void) {
    int rc;
    char *home = coro_home();
    bide__coroutine *outer = bide__current;
    bide__current = &bide__main_coroutine;
    returning_main_runs = true;
    coro_resume(&returning_main, returning_main_fn, NULL, &rc);
    returning_main_runs = false;
    coro_go_home(home);
    bide__current = outer;
}

void bide__returning_start(bide_fn *fn) {
    returning_main_fn = fn;
    coro_init_main(&returning_main, RETURNING_RESERVE);
    returning_resume_main();
}

/* It suspends the run call as a whole, which goes on by bide__run_go_on. */
BIDE__RETURNS(main);
CORO_LEAF int bide__host_run(bide_loop *loop) {
    BIDE__TEXT(not_main, "only main, or what it calls, can wait for a loop");
    if (!returning_main_runs || bide__current != &bide__main_coroutine) return BIDE__FAIL_HERE(BIDE_ERUNTIME, not_main);
    bide__host_wake(loop);
    bide__run_outcome = 0;
    return coro_suspend(&returning_main) ? 0 : bide__run_outcome;
}

static CORO_LEAF void returning_end_deadlock(void) {
    bide__loop_deadlock(bide__running);
    bide__run_outcome = BIDE_EDEADLOCK;
    returning_resume_main();
}

void bide__returning_stuck(void) {
    if (bide__running) returning_end_deadlock();
}

/* ------------------------------------------------------------------ turns */

static void returning_poll(bide_loop *loop) {
    if (loop->readers) loop->poll(loop, 0);
}

/* Turns of `loop` until it stops (-1, or -2 at a deadlock), else seconds until it wants more. */
enum { RETURNING_STOPPED = -1, RETURNING_DEADLOCK = -2 };
static double returning_turns(bide_loop *loop, double deadline) {
    for (;;) {
        returning_poll(loop);
        bide__turns end = bide__loop_turns(loop, deadline);
        if (end == BIDE__SLICE_OVER) return 0;
        if (end == BIDE__STOPPED) return RETURNING_STOPPED;
        returning_poll(loop);
        if (!bide__list_empty(&loop->ready)) return 0;
        double wait = bide__loop_wait(loop);
        if (wait < 0) return RETURNING_DEADLOCK;
        if (wait > 0 || bide__host_now() >= deadline) return wait;
    }
}

/* The loop that main waits for, and the next one that main then waits for. */
static double returning_turn_main(double deadline) {
    while (bide__running) {
        double wait = returning_turns(bide__running, deadline);
        if (wait >= 0) return wait;
        if (wait == RETURNING_DEADLOCK) returning_end_deadlock();
        else returning_resume_main();
    }
    return INFINITY;
}

/* The own loop can't be stopped, nor can it be dead-locked: calls may come. */
static double returning_turn_own(double deadline) {
    returning_aside = bide__running;
    bide__running = returning_own;
    double wait;
    while ((wait = returning_turns(returning_own, deadline)) == RETURNING_STOPPED) returning_own->stopping = false;
    bide__running = returning_aside;
    returning_aside = NULL;
    return wait < 0 ? INFINITY : wait;
}

double bide__returning_wake(double deadline) {
    double wait = returning_turn_main(deadline);
    double own_wait = returning_own ? returning_turn_own(deadline) : INFINITY;
    return own_wait < wait ? own_wait : wait;
}

static bool returning_is_idle(const bide_loop *loop) {
    return bide__list_empty(&loop->ready) && bide__list_empty(&loop->batch) && !loop->asked && !loop->stopping && !bide__debugging(loop);
}

bool bide__returning_step(bide__task *t) {
    bide_loop *loop = t->future.loop;
    const bool idle = returning_is_idle(loop);
    bide__wake(t);
    if (!idle) return false;
    bide__coroutine *outer = bide__current;
    const bool is_own = loop == returning_own;
    if (is_own) returning_aside = bide__running, bide__running = loop;
    bide__current = &loop->callbacks;
    bide__list_splice(&loop->batch, &loop->ready);
    bide__loop_run_front(loop);
    bide__current = outer;
    if (is_own) bide__running = returning_aside, returning_aside = NULL;
    return returning_is_idle(loop) && loop->timers.count == 0;
}

/* ------------------------------------------------------------------ from outside, or from a function that a task called */

static bide_loop *returning_of_main(void) { return returning_aside ? returning_aside : bide__running; }

bool bide__returning_interrupt(void) {
    bide_loop *loop = returning_of_main();
    if (!loop || !loop->main) return false;
    loop->asked |= BIDE__ASKED_INTERRUPT;
    bide__host_wake(loop);
    return true;
}

void bide__returning_stop(void) {
    bide_loop *loop = returning_of_main();
    if (!loop) return;
    loop->stopping = true;
    bide__host_wake(loop);
}

void bide__returning_pause(void) {
    if (bide__running) bide__running->asked |= BIDE__ASKED_PAUSE;
    if (returning_own) returning_own->asked |= BIDE__ASKED_PAUSE;
}

void bide__returning_cancel_own(void) {
    if (!returning_own) return;
    bide__node *all = &returning_own->tasks;
    for (bide__node *l = all->next; l != all; l = l->next) bide_task_cancel(bide__future_by_link(l));
}

void bide__returning_end_own(void) {
    if (!returning_own) return;
    bide__node *all = &returning_own->tasks;
    for (bide__node *l = all->next; l != all; l = l->next) bide__task_by_link(l)->leftover = true;
    bide__returning_cancel_own();
}

bool bide__returning_own_ends(void) {
    if (!returning_own) return false;
    bide__node *all = &returning_own->tasks;
    for (bide__node *l = all->next; l != all; l = l->next)
        if (bide__task_by_link(l)->leftover) return true;
    return false;
}

bool bide__returning_end_generators(void) {
    if (!returning_own || bide__list_empty(&returning_own->generators)) return false;
    bide_task *t = bide__task_new(returning_own, NULL, bide__generators_close_all, returning_own);
    if (!t) return false;
    bide__task_of(t)->leftover = true;
    bide_release(t);
    bide__host_wake(returning_own);
    return true;
}

bide_loop *bide__returning_loop(void) {
    if (returning_own) return returning_own;
    returning_own = bide_new_event_loop();
    if (returning_own) returning_own->running = true;
    return returning_own;
}
