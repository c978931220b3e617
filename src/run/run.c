/* run.c -- run calls: run_until_complete, run_forever, bide_run, bide_main. runner.c has several runs in one loop.
 *
 * `main` waits in bide__host_run. Hosts that block loop there; hosts that return
 * suspend `main`. Behind it comes what asyncio's Runner does: cancel what is left,
 * wait for it, report its errors, close the loop.
 *
 * A deadlock whose handler returned ends the run call in the same way. A second
 * one closes the loop. */
#include "run/run.h"

#include "host.h"
#include "task/report.h"

bool bide__interrupted;

/* ------------------------------------------------------------------ one loop */

static int run_check(const bide_loop *loop) {
    BIDE__TEXT(closed, "Event loop is closed");
    BIDE__TEXT(this_runs, "This event loop is already running");
    BIDE__TEXT(other_runs, "Cannot run the event loop while another loop is running");
    if (BIDE__HAS(bide__debug)) bide__debug_run_call();
    if (loop->closed) return BIDE__FAIL(BIDE_ERUNTIME, closed);
    if (loop->running) return BIDE__FAIL(BIDE_ERUNTIME, this_runs);
    if (bide__running) return BIDE__FAIL(BIDE_ERUNTIME, other_runs);
    return BIDE__HAS(bide__pin_refuses_run) ? bide__pin_refuses_run() : 0;
}

static int run_after_deadlock(bide_loop *loop) {
    bool again = loop->deadlocked;
    loop->deadlocked = true;
    if (again || bide__loop_cancel_all(loop) == BIDE_EDEADLOCK) bide_ignore(bide_loop_close(loop));
    return bide__fail_plain(BIDE_EDEADLOCK);
}

int bide__run_until_stopped(bide_loop *loop) {
    bide__loop_retain(loop);
    loop->running = true;
    bide__running = loop;
    int rc = bide__host_run(loop);
    bide__running = NULL;
    loop->running = loop->stopping = false;
    bide__loop_unref(loop);
    return rc;
}
BIDE__SUSPENDS(bide__run_until_stopped);

int bide_loop_run_forever(bide_loop *loop) {
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    int rc = run_check(loop);
    if (rc == 0) rc = bide__run_until_stopped(loop);
    return rc == BIDE_EDEADLOCK ? run_after_deadlock(loop) : rc;
}
BIDE__SUSPENDS(bide_loop_run_forever);

static void run_stopper(bide__node *n) { ((bide__stopper *)n)->loop->stopping = true; }
static void run_stopper_dropped(bide__node *n) { (void)n; }
const bide__node_type bide__stopper_type = { run_stopper, run_stopper_dropped };

int bide__run_until_done(bide_loop *loop, bide_future *f) {
    BIDE__TEXT(stopped, "Event loop stopped before Future completed.");
    bide__stopper s = { { .type = &bide__stopper_type }, loop };
    bide__future_add_node(f, &s.node);
    int rc = bide__run_until_stopped(loop);
    bide__list_remove(&s.node);
    if (rc != 0) return rc;
    return bide__done(f) ? 0 : BIDE__FAIL(BIDE_ERUNTIME, stopped);
}
BIDE__SUSPENDS(bide__run_until_done);

int bide_loop_run_until_complete(bide_loop *loop, bide_future *f, bide_value *result) {
    BIDE__TEXT(other, "The future belongs to a different loop than the one specified as the loop argument");
    bide__out_none(result);
    if (!f) return bide__null_future();
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    int rc = run_check(loop);
    if (rc != 0) return rc;
    if (f->loop != loop) return BIDE__FAIL(BIDE_EVALUE, other);
    bide_retain(f);
    rc = bide__run_until_done(loop, f);
    if (rc == BIDE_EDEADLOCK) rc = run_after_deadlock(loop);
    else if (rc == 0) rc = bide__future_outcome(f, result);
    bide_release(f);
    return rc;
}
BIDE__SUSPENDS(bide_loop_run_until_complete);

int bide_loop_run_until_complete_join(bide_loop *loop, bide_future *f, bide_value *result) {
    int rc = bide_loop_run_until_complete(loop, f, result);
    bide_release(f);
    return rc;
}
BIDE__SUSPENDS(bide_loop_run_until_complete_join);

int bide_loop_run_until_complete_call(bide_loop *loop, bide_fn *fn, void *arg, bide_value *result) {
    bide__out_none(result);
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    int rc = run_check(loop);
    if (rc != 0) return rc;
    bide_task *t = bide__task_create(loop, NULL, fn, arg);
    if (bide__is_task(t)) bide__task_of(t)->implicit = true;
    return bide_loop_run_until_complete_join(loop, t, result);
}
BIDE__SUSPENDS(bide_loop_run_until_complete_call);

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

/* What asyncio's Runner.close does. */
int bide__close_runner(bide_loop *loop, bool was_set) {
    if (bide__debugging(loop)) bide__debug_left(loop);
    int rc = loop->closed ? 0 : bide__loop_cancel_all(loop);
    if (rc == BIDE_EDEADLOCK) loop->deadlocked = true;
    if (BIDE__HAS(bide__generators_close) && !loop->closed) bide__generators_close(loop);
    if (was_set) bide_set_event_loop(NULL);
    bide_ignore(bide_loop_close(loop));
    return rc;
}
BIDE__SUSPENDS(bide__close_runner);

void bide__report_forgotten(const bide_loop *loop) {
    if (loop->refs == 1) return;
    bide__line line = { .size = 0 };
    bide__line_text(&line, "bide: tasks and futures never released: ");
    bide__line_number(&line, (long)loop->refs - 1);
    bide__line_end(&line);
    if (bide__debugging(loop)) bide__debug_forgotten(loop);
}

int bide__run_main(bide_loop *loop, bide_task *main, bide_value *result) {
    loop->main = main;
    bide__interrupted = false;
    bide__host_catch_interrupt(true);
    int rc = bide_loop_run_until_complete(loop, main, result);
    bide__host_catch_interrupt(false);
    loop->main = NULL;
    bide__interrupted = bide__interrupted && rc == BIDE_ECANCELED && bide_task_uncancel(main) == 0;
    bide_release(main);
    return rc;
}
BIDE__SUSPENDS(bide__run_main);

int bide_run(bide_fn *fn, void *arg, bide_value *result) {
    BIDE__TEXT(running, "asyncio.run() cannot be called from a running event loop");
    if (BIDE__HAS(bide__debug)) bide__debug_run_call();
    bide__out_none(result);
    if (bide__running) return BIDE__FAIL(BIDE_ERUNTIME, running);
    if (BIDE__HAS(bide__pin_refuses_run) && bide__pin_refuses_run() != 0) return BIDE_ERUNTIME;
    bide_loop *loop = bide_new_event_loop();
    if (!loop) return bide__null_future();
    bide_set_event_loop(loop);
    bide_task *main = bide__task_new(loop, NULL, fn, arg);
    int rc = main ? bide__run_main(loop, main, result) : BIDE_ENOMEM;
    bide_ignore(bide__close_runner(loop, true));
    bide__report_forgotten(loop);
    bide__loop_unref(loop);
    return rc;
}
BIDE__SUSPENDS(bide_run);

int bide_main(bide_fn *fn, void *arg) {
    int rc = bide_run(fn, arg, NULL);
    if (rc == 0) return 0;
    if (bide__interrupted) return 130;
    bide__report_outcome(rc);
    return 1;
}
BIDE__SUSPENDS(bide_main);
