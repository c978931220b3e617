/* runner.c -- several runs in one loop and one context.
 *
 *   CREATED -> READY     init, or the first run or get_loop: the loop is made
 *   READY -> CLOSED      close
 *
 * Between runs the loop stands still: tasks that are left go on in the next run.
 * bide_run does the same for one run, without a context of its own and without
 * this file. */
#include "run/run.h"

enum { RUNNER_CREATED, RUNNER_READY, RUNNER_CLOSED };

static int runner_check_debug(const bide_runner *r) {
    BIDE__TEXT(not_linked, "the program has no debug mode: build it with --debug, or call bide_loop_set_debug");
    return r->options.debug && !BIDE__HAS(bide_loop_set_debug) ? BIDE__FAIL(BIDE_ERUNTIME, not_linked) : 0;
}

static bide_loop *runner_ask_factory(const bide_runner_options *options) {
    bide__pinned pinned;
    bide__pin(&pinned);
    bide_loop *loop = options->loop_factory(options->arg);
    bide__unpin();
    return loop;
}

static bide_loop *runner_make_loop(bide_runner *r) {
    if (r->options.loop_factory) return runner_ask_factory(&r->options);
    bide_loop *loop = bide_new_event_loop();
    if (loop && !r->was_set) bide_set_event_loop(loop), r->was_set = true;
    return loop;
}

/* CREATED -> READY, unless it is READY. */
static int runner_begin(bide_runner *r) {
    BIDE__TEXT(closed, "Runner is closed");
    if (r->state == RUNNER_CLOSED) return BIDE__FAIL(BIDE_ERUNTIME, closed);
    if (r->state == RUNNER_READY) return 0;
    if (runner_check_debug(r) != 0) return BIDE_ERUNTIME;
    r->context = bide_copy_context();
    if (!r->context) return BIDE_ENOMEM;
    r->loop = runner_make_loop(r);
    if (!r->loop) {
        bide_context_release(r->context);
        r->context = NULL;
        return bide__null_future();
    }
    if (r->options.debug) bide_loop_set_debug(r->loop, true);
    r->state = RUNNER_READY;
    return 0;
}

int bide_runner_init(bide_runner *r, const bide_runner_options *options) {
    static const bide_runner_options defaults;
    *r = (bide_runner){ .options = options ? *options : defaults, .state = RUNNER_CREATED };
    return runner_begin(r);
}

bide_loop *bide_runner_get_loop(bide_runner *r) { return runner_begin(r) == 0 ? r->loop : NULL; }

int bide_runner_run_with(bide_runner *r, bide_context *context, bide_fn *fn, void *arg, bide_value *result) {
    BIDE__TEXT(running, "Runner.run() cannot be called from a running event loop");
    bide__out_none(result);
    if (bide__running) return BIDE__FAIL(BIDE_ERUNTIME, running);
    int rc = bide__pin_refuses_run();
    if (rc == 0) rc = runner_begin(r);
    if (rc != 0) return rc;
    bide_task_options options = { .context = context ? context : r->context };
    bide_task *main = bide__task_create(r->loop, &options, fn, arg);
    return main ? bide__run_main(r->loop, main, result) : bide__null_future();
}
BIDE__SUSPENDS(bide_runner_run_with);

int bide_runner_run(bide_runner *r, bide_fn *fn, void *arg, bide_value *result) {
    return bide_runner_run_with(r, NULL, fn, arg, result);
}
BIDE__SUSPENDS(bide_runner_run);

int bide_runner_close(bide_runner *r) {
    BIDE__TEXT(running, "cannot close a Runner while an event loop runs");
    if (r->state != RUNNER_READY) return 0;
    if (bide__running) return BIDE__FAIL(BIDE_ERUNTIME, running);
    int rc = bide__pin_refuses_run();
    if (rc != 0) return rc;
    rc = bide__close_runner(r->loop, r->was_set);
    if (!r->options.loop_factory) bide__report_forgotten(r->loop);
    bide__loop_unref(r->loop);
    bide_context_release(r->context);
    r->loop = NULL, r->context = NULL, r->state = RUNNER_CLOSED;
    return rc;
}
BIDE__SUSPENDS(bide_runner_close);
