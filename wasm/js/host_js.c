/* host_js.c -- the host contract where JavaScript owns the event loop.
 *
 * Nothing blocks. JavaScript calls bide__js_wake(), which runs turns and answers
 * in how many milliseconds it wants to be called again. `main` is a coroutine
 * on the linear memory's own stack: a run call suspends it, and the wake-up
 * that sees its loop stop resumes it. Its frames stay where they are meanwhile,
 * so the top of that stack is kept for what JavaScript calls.
 *
 *   main:  not started -> running   bide__js_run_main
 *          running -> waiting       bide__host_run, from within
 *          waiting -> running       resume_main, when the loop has stopped
 *
 * Two loops can be under way: the one that main waits for (bide__running), and
 * the instance's own, for calls that come while there is no such loop. A wake-up
 * gives turns to both; while the own loop has them it is bide__running. */
#include "js.h"

#include <stdio.h>
#include <stdlib.h>
#include <wasi/api.h>

BIDE__JS_IMPORT("now") double js_now(void);
BIDE__JS_IMPORT("wake") void js_wake(void);
/* The bits of js_flags(). */
enum { VIRTUAL_TIME = 1, MAY_BE_CALLED = 2 };
BIDE__JS_IMPORT("flags") int js_flags(void);
BIDE__JS_IMPORT("stdin_ready") bool js_stdin_ready(void);
BIDE__JS_IMPORT("drop_error") void js_drop_error(uint32_t error);

static bide_loop *own;           /* NULL: no call needed it yet */
static struct coro main_coro;
static bide_fn *main_fn;
static bool main_runs, catches_interrupt;
static int run_outcome;          /* for bide__host_run, when main is resumed */

/* What is current while a JavaScript function that C called runs: C code called
 * from there can't be suspended, since no JavaScript frame can be. */
static bide__coroutine javascript;

/* Where an import's wrapper in js/ finds bide__current, and what to put there. */
static const struct { bide__coroutine **current, *javascript; } frame = { &bide__current, &javascript };
BIDE__JS_EXPORT("bide__js_frame") const void *bide__js_frame(void) { return &frame; }

/* ------------------------------------------------------------------ main */

/* Of the linear memory's stack, for the loop, its callbacks and whatever else JavaScript calls. */
enum { LOOP_STACK = 32768 };

/* Resumes a coroutine, so no generated code of Asyncify stands in it or above it. */
static CORO_LEAF void resume_main(void) {
    int rc;
    char *home = coro_home();
    bide__coroutine *outer = bide__current;
    bide__current = &bide__main_coroutine;
    coro__main_limit = &__stack_low;
    main_runs = true;
    coro_resume(&main_coro, main_fn, NULL, &rc);
    main_runs = false;
    coro__main_limit = &__stack_high - LOOP_STACK;
    coro_go_home(home);
    bide__current = outer;
}

void bide__js_run_main(bide_fn *fn) {
    main_fn = fn;
    coro_init_main(&main_coro);
    main_coro.gap = main_coro.size -= LOOP_STACK;
    main_coro.sp = main_coro.block + main_coro.size;
    resume_main();
}

CORO_LEAF int bide__host_run(bide_loop *loop) {
    BIDE__TEXT(not_main, "only main, or what it calls, can wait for a loop");
    if (coro_rewinding()) return coro_rewound(), run_outcome;
    if (!main_runs || bide__current != &bide__main_coroutine) return BIDE__FAIL_HERE(BIDE_ERUNTIME, not_main);
    bide__host_wake(loop);
    run_outcome = 0;
    return coro_suspend(&main_coro) ? 0 : run_outcome;
}

/* Nothing can happen any more: report it, or let the handler and then main know. */
static CORO_LEAF void end_deadlock(void) {
    bide__loop_deadlock(bide__running);
    run_outcome = BIDE_EDEADLOCK;
    resume_main();
}

/* ------------------------------------------------------------------ turns */

static void offer_stdin(bide_loop *loop) {
    for (bide__reader *r = loop->readers; r; r = r->next)
        if (r->fd == 0 && js_stdin_ready()) bide__reader_ready(r);
}

/* Turns of `loop` until it stops (-1, or -2 at a deadlock), else seconds until it wants more. */
enum { STOPPED = -1, DEADLOCK = -2 };
static double turns(bide_loop *loop, double deadline) {
    for (;;) {
        offer_stdin(loop);
        bide__turns end = bide__loop_turns(loop, deadline);
        if (end == BIDE__SLICE_OVER) return 0;
        if (end == BIDE__STOPPED) return STOPPED;
        if (loop->readers && js_stdin_ready()) return 0;
        double wait = bide__loop_wait(loop);
        if (wait < 0) return DEADLOCK;
        if (wait > 0 || bide__host_now() >= deadline) return wait;
    }
}

/* The loop that main waits for, and the next one that main then waits for. */
static double turn_main(double deadline) {
    while (bide__running) {
        double wait = turns(bide__running, deadline);
        if (wait >= 0) return wait;
        if (wait == DEADLOCK) end_deadlock();
        else resume_main();
    }
    return INFINITY;
}

/* The own loop can't be stopped, nor can it be dead-locked: calls may come. */
static double turn_own(double deadline) {
    bide_loop *other = bide__running;
    bide__running = own;
    double wait;
    while ((wait = turns(own, deadline)) == STOPPED) own->stopping = false;
    bide__running = other;
    return wait < 0 ? INFINITY : wait;
}

/* What the program has printed is to be seen while it waits, and after a trap. */
BIDE__JS_EXPORT("bide__js_flush") void bide__js_flush(void) { fflush(NULL); }

/* Run turns for at most `slice` seconds.
 * Answers in how many milliseconds to be called again; INFINITY: after a completion or a call. */
BIDE__JS_EXPORT("bide__js_wake") double bide__js_wake(double slice) {
    double deadline = bide__host_now() + slice;
    double wait = turn_main(deadline);
    double own_wait = own ? turn_own(deadline) : INFINITY;
    if (own_wait < wait) wait = own_wait;
    if (wait > 0) bide__js_flush();
    return 1e3 * wait;
}

bide_loop *bide__js_own_loop(void) {
    if (own) return own;
    own = bide_new_event_loop();
    if (own) own->running = true;
    return own;
}

/* ------------------------------------------------------------------ events */

/* What JavaScript owed has come. */
BIDE__JS_EXPORT("bide__js_complete") void bide__js_complete(bide__js_operation *op) { op->complete(op); }

/* Ctrl-C; false: no run call is under way that would take it. */
BIDE__JS_EXPORT("bide__js_interrupt") bool bide__js_interrupt(void) {
    if (!catches_interrupt || !bide__running) return false;
    bide__loop_interrupt();
    return true;
}

/* JavaScript's event loop has run empty while main waits: what it waits for can't come. */
BIDE__JS_EXPORT("bide__js_stuck") void bide__js_stuck(void) {
    if (bide__running) end_deadlock();
}

/* For the report of a trap. */
BIDE__JS_EXPORT("bide__js_task_name") const char *bide__js_task_name(void) {
    return bide_task_get_name(bide__task_behind ? bide__task_behind() : bide__current->task);
}

/* ------------------------------------------------------------------ the contract */

double bide__host_now(void) { return js_now(); }
void bide__host_wake(bide_loop *loop) { (void)loop, js_wake(); }
bool bide__host_virtual_time(void) { return js_flags() & VIRTUAL_TIME; }
bool bide__host_may_be_called(void) { return js_flags() & MAY_BE_CALLED; }
void bide__host_catch_interrupt(bool on) { catches_interrupt = on; }
void bide__host_drop_error(uint32_t error) { js_drop_error(error); }

void bide__host_write_error(const char *text, size_t size) {
    __wasi_ciovec_t piece = { (const uint8_t *)text, size };
    size_t written;
    while (piece.buf_len > 0 && __wasi_fd_write(2, &piece, 1, &written) == 0) piece.buf += written, piece.buf_len -= written;
}

void bide__host_exit(int code) { exit(code); }
