/* run.c -- run calls: run_until_complete, run_forever, bide_run, bide_main. runner.c has several runs in one loop.
 *
 * `main` waits in bide__host_run. Hosts that block loop there; hosts that return
 * suspend `main`. Behind it comes what asyncio's Runner does: cancel what is left,
 * wait for it, report its errors, close the loop.
 *
 * A run call is a list of steps: each does something, may wait for the loop as
 * the last thing it does, and hands its code to the next. So a run call is topmost
 * (coro.h), however often it waits, and none of its frames is ever unwound.
 * There is one list, since one run call at a time can be under way.
 *
 *     bide_main:  run_asyncio -> run_stopped -> run_awaited -> run_completed -> run_release -> run_main_ended
 *                 -> run_close -> … -> run_close_generators -> run_closed -> run_over -> run_status
 *
 * Rejected: calls one below the other, of which Asyncify must save each. They made
 * hello a tenth larger.
 *
 * A deadlock whose handler returned ends the run call in the same way. A second
 * one closes the loop. */
#include "run/run.h"

#include "host.h"
#include "task/report.h"

bool bide__interrupted;
int bide__run_outcome;

/* ------------------------------------------------------------------ steps */

enum { RUN_STEPS = 16 };

static struct {
    bide__run_step *steps[RUN_STEPS];      /* the last is the next */
    int count;                             /* 0: no run call is under way */
    bide_loop *loop;
    bide_future *future;                   /* what run_until_complete waits for: a reference */
    bide_value *result;                    /* NULL: nobody wants it */
    bide__stopper stopper;                 /* among the callbacks of `awaited` */
    bide_future *awaited;
    int main_rc, close_rc;
    bool unset;                            /* the loop is the one that was set */
} run;

void bide__run_then(bide__run_step *step) { run.steps[run.count++] = step; }

int bide__run_go_on(int rc) {
    while (run.count > 0 && !coro_unwinding()) rc = run.steps[--run.count](rc);
    return rc;
}

bool bide__run_is_under_way(void) { return bide__running || run.count > 0; }

/* ------------------------------------------------------------------ one loop */

int bide__run_check(const bide_loop *loop) {
    BIDE__TEXT(closed, "Event loop is closed");
    BIDE__TEXT(this_runs, "This event loop is already running");
    BIDE__TEXT(other_runs, "Cannot run the event loop while another loop is running");
    if (!loop) return BIDE_ERUNTIME;
    if (BIDE__HAS(bide__debug)) bide__debug_run_call();
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed);
    if (loop->running) return BIDE__FAIL(BIDE_ERUNTIME, this_runs);
    if (bide__run_is_under_way()) return BIDE__FAIL(BIDE_ERUNTIME, other_runs);
    return BIDE__HAS(bide__pin_refuses_run) ? bide__pin_refuses_run() : 0;
}

static int run_after_deadlock_cancelled(int rc) {
    if (rc == BIDE_EDEADLOCK) bide__drop(bide_loop_close(run.loop));
    return bide__fail_plain(BIDE_EDEADLOCK);
}

static int run_after_deadlock(void) {
    if (run.loop->deadlocked) return run_after_deadlock_cancelled(BIDE_EDEADLOCK);
    run.loop->deadlocked = true;
    bide__run_then(run_after_deadlock_cancelled);
    return bide__loop_cancel_all(run.loop);
}

static int run_stopped(int rc) {
    bide_loop *loop = bide__running;
    bide__running = NULL;
    loop->running = loop->stopping = false;
    if (BIDE__HAS(bide__memory_errors_tell)) bide__memory_errors_tell();
    bide__loop_unref(loop);
    return rc;
}

int bide__run_until_stopped(bide_loop *loop) {
    bide__loop_retain(loop);
    loop->running = true;
    if (BIDE__HAS(bide_dump) && !loop->has_run) loop->has_run = true, loop->began = bide__loop_now(loop);
    bide__running = loop;
    bide__run_then(run_stopped);
    return bide__host_run(loop);
}

static int run_forever_stopped(int rc) { return rc == BIDE_EDEADLOCK ? run_after_deadlock() : rc; }

CORO_LEAF int bide_loop_run_forever(bide_loop *loop) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    loop = bide__loop(loop);
    int rc = bide__run_check(loop);
    if (rc != 0) return rc;
    run.loop = loop;
    bide__run_then(run_forever_stopped);
    return bide__run_go_on(bide__run_until_stopped(loop));
}
BIDE__RUNS(bide_loop_run_forever);

static void run_stopper(bide__node *n) { ((bide__stopper *)n)->loop->stopping = true; }
static void run_stopper_dropped(bide__node *n) { (void)n; }
const bide__node_type bide__stopper_type = { run_stopper, run_stopper_dropped };

static int run_awaited(int rc) {
    BIDE__TEXT(stopped, "Event loop stopped before Future completed.");
    bide__list_remove(&run.stopper.node);
    if (rc != 0) return rc;
    return bide__done(run.awaited) ? 0 : BIDE__FAIL(BIDE_ERUNTIME, stopped);
}

int bide__run_until_done(bide_loop *loop, bide_future *f) {
    run.awaited = f;
    run.stopper = (bide__stopper){ { .type = &bide__stopper_type }, loop };
    bide__future_add_node(f, &run.stopper.node);
    bide__run_then(run_awaited);
    return bide__run_until_stopped(loop);
}

static int run_release(int rc) { return bide_release(run.future), rc; }

static int run_completed(int rc) {
    if (rc == BIDE_EDEADLOCK) return run_after_deadlock();
    return rc == 0 ? bide__future_outcome(run.future, run.result) : rc;
}

int bide__run_until_complete(bide_loop *loop, bide_future *f, bide_value *result) {
    run.loop = loop;
    run.future = f;
    run.result = result;
    bide__run_then(run_release);
    bide__run_then(run_completed);
    return bide__run_until_done(loop, f);
}

static int run_check_future(bide_loop *loop, bide_future *f) {
    BIDE__TEXT(other, "The future belongs to a different loop than the one specified as the loop argument");
    if (!f) return bide__null_future();
    int rc = bide__run_check(loop);
    if (rc != 0) return rc;
    return f->loop == loop ? 0 : BIDE__FAIL(BIDE_EVALUE, other);
}

CORO_LEAF int bide_loop_run_until_complete(bide_loop *loop, bide_future *f, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    bide__out_none(result);
    loop = bide__loop(loop);
    int rc = run_check_future(loop, f);
    return rc == 0 ? bide__run_go_on(bide__run_until_complete(loop, bide_retain(f), result)) : rc;
}
BIDE__RUNS(bide_loop_run_until_complete);

CORO_LEAF int bide_loop_run_until_complete_join(bide_loop *loop, bide_future *f, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    bide__out_none(result);
    loop = bide__loop(loop);
    int rc = run_check_future(loop, f);
    if (rc == 0) return bide__run_go_on(bide__run_until_complete(loop, f, result));
    bide_release(f);
    return rc;
}
BIDE__RUNS(bide_loop_run_until_complete_join);

int bide__run_call(bide_loop *loop, bide_fn *fn, void *arg, bide_value *result) {
    bide_task *t = bide__task_create(loop, fn, arg);
    if (!t) return bide__null_future();
    if (bide__is_task(t)) bide__task_of(t)->implicit = true;
    return bide__run_until_complete(loop, t, result);
}

CORO_LEAF int bide_loop_run_until_complete_call(bide_loop *loop, bide_fn *fn, void *arg, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    bide__out_none(result);
    loop = bide__loop(loop);
    int rc = bide__run_check(loop);
    return rc == 0 ? bide__run_go_on(bide__run_call(loop, fn, arg, result)) : rc;
}
BIDE__RUNS(bide_loop_run_until_complete_call);

/* ------------------------------------------------------------------ deadlock, Ctrl-C */

void bide_loop_set_deadlock_handler(bide_loop *loop, bide_callback *handler, void *arg) {
    loop = bide__loop(loop);
    if (loop) loop->deadlock_handler = handler, loop->deadlock_arg = arg;
}

void bide__loop_deadlock(bide_loop *loop) {
    if (loop->deadlocked) return;
    if (loop->deadlock_handler) {
        bide__coroutine *outer = bide__current;
        bide__current = &loop->callbacks;
        bide__callback_end(loop, loop->deadlock_handler(loop->deadlock_arg), NULL, NULL);
        bide__current = outer;
        return;
    }
    bide__line line = { .size = 0 };
    bide__line_text(&line, "bide: deadlock: nothing is ready, no timer is set, and these tasks wait:");
    bide__line_end(&line);
    bide__report_waiting(loop);
    bide__host_exit(13);
}

void bide__loop_interrupt(void) {
    bide_loop *loop = bide__running;
    if (!loop) return;
    loop->asked &= (uint8_t)~BIDE__ASKED_INTERRUPT;
    if (!loop->main) return;
    bide__interrupted = true;
    bide_task_cancel(loop->main);
}

/* ------------------------------------------------------------------ bide_run */

static int run_closed(int rc) {
    (void)rc;
    if (run.unset) bide_set_event_loop(NULL);
    bide__drop(bide_loop_close(run.loop));
    return run.close_rc;
}

static int run_close_generators(int rc) {
    run.close_rc = rc;
    if (rc == BIDE_EDEADLOCK) run.loop->deadlocked = true;
    return BIDE__HAS(bide__generators_close) && !run.loop->closed ? bide__generators_close(run.loop) : 0;
}

int bide__close_runner(bide_loop *loop, bool was_set) {
    run.loop = loop;
    run.unset = was_set;
    if (bide__debugging(loop)) bide__debug_left(loop);
    bide__run_then(run_closed);
    bide__run_then(run_close_generators);
    return loop->closed ? 0 : bide__loop_cancel_all(loop);
}

void bide__report_forgotten(const bide_loop *loop) {
    if (loop->refs == 1) return;
    bide__line line = { .size = 0 };
    bide__line_text(&line, "bide: tasks and futures never released: ");
    bide__line_number(&line, (long)loop->refs - 1);
    bide__line_end(&line);
    if (bide__debugging(loop)) bide__debug_forgotten(loop);
}

static int run_main_ended(int rc) {
    bide_task *main = run.loop->main;
    bide__host_catch_interrupt(false);
    run.loop->main = NULL;
    bide__interrupted = bide__interrupted && rc == BIDE_ECANCELED && bide_task_uncancel(main) == 0;
    bide_release(main);
    return rc;
}

int bide__run_main(bide_loop *loop, bide_task *main, bide_value *result) {
    loop->main = main;
    bide__interrupted = false;
    bide__host_catch_interrupt(true);
    bide__run_then(run_main_ended);
    return bide__run_until_complete(loop, bide_retain(main), result);
}

static int run_over(int rc) {
    (void)rc;
    bide__report_forgotten(run.loop);
    bide__loop_unref(run.loop);
    return run.main_rc;
}

static int run_close(int rc) {
    run.main_rc = rc;
    return bide__close_runner(run.loop, true);
}

static int run_check_asyncio(void) {
    BIDE__TEXT(running, "asyncio.run() cannot be called from a running event loop");
    if (BIDE__HAS(bide__debug)) bide__debug_run_call();
    if (bide__run_is_under_way()) return BIDE__FAIL(BIDE_ERUNTIME, running);
    return BIDE__HAS(bide__pin_refuses_run) ? bide__pin_refuses_run() : 0;
}

/* The steps of bide_run. */
static int run_asyncio(bide_fn *fn, void *arg, bide_value *result) {
    bide_loop *loop = bide_new_event_loop();
    if (!loop) return bide__null_future();
    bide_set_event_loop(loop);
    bool by_factory = BIDE__HAS(bide__task_by_factory) && loop->task_factory;      /* of a loop that a policy has made */
    bide_task *main = by_factory ? bide__task_by_factory(loop, NULL, fn, arg) : bide__task_new(loop, NULL, fn, arg);
    run.loop = loop;
    bide__run_then(run_over);
    bide__run_then(run_close);
    return main ? bide__run_main(loop, main, result) : bide__null_future();
}

CORO_LEAF int bide_run(bide_fn *fn, void *arg, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    bide__out_none(result);
    int rc = run_check_asyncio();
    return rc == 0 ? bide__run_go_on(run_asyncio(fn, arg, result)) : rc;
}
BIDE__RUNS(bide_run);

/* What main answers. */
static int run_status(int rc) {
    if (rc == 0) return 0;
    if (bide__interrupted) return 130;
    bide__report_outcome(rc);
    return 1;
}

CORO_LEAF int bide_main(bide_fn *fn, void *arg) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    int rc = run_check_asyncio();
    if (rc != 0) return run_status(rc);
    bide__run_then(run_status);
    return bide__run_go_on(run_asyncio(fn, arg, NULL));
}
BIDE__RUNS(bide_main);
