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

static int runner_check_not_running(void) {
    BIDE__TEXT(running, "Runner.run() cannot be called from a running event loop");
    return bide__run_is_under_way() ? BIDE__FAIL(BIDE_ERUNTIME, running) : bide__pin_refuses_run();
}

static int runner_run(bide_runner *r, bide_context *context, bide_fn *fn, void *arg, bide_value *result) {
    bide__out_none(result);
    int rc = runner_check_not_running();
    if (rc == 0) rc = runner_begin(r);
    if (rc != 0) return rc;
    bide_task_options options = { .context = context ? context : r->context };
    bide_task *main = bide__task_create_with(r->loop, &options, fn, arg);
    return main ? bide__run_go_on(bide__run_main(r->loop, main, result)) : bide__null_future();
}

CORO_LEAF int bide_runner_run_with(bide_runner *r, bide_context *context, bide_fn *fn, void *arg, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    return runner_run(r, context, fn, arg, result);
}
BIDE__RUNS(bide_runner_run_with);

CORO_LEAF int bide_runner_run(bide_runner *r, bide_fn *fn, void *arg, bide_value *result) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    return runner_run(r, NULL, fn, arg, result);
}
BIDE__RUNS(bide_runner_run);

static bide_runner *runner_closing;

static int runner_closed(int rc) {
    bide_runner *r = runner_closing;
    if (!r->options.loop_factory) bide__report_forgotten(r->loop);
    bide__loop_unref(r->loop);
    bide_context_release(r->context);
    r->loop = NULL, r->context = NULL, r->state = RUNNER_CLOSED;
    return rc;
}

CORO_LEAF int bide_runner_close(bide_runner *r) {
    BIDE__TEXT(running, "cannot close a Runner while an event loop runs");
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    if (r->state != RUNNER_READY) return 0;
    if (bide__run_is_under_way()) return BIDE__FAIL(BIDE_ERUNTIME, running);
    if (bide__pin_refuses_run() != 0) return BIDE_ERUNTIME;
    runner_closing = r;
    bide__run_then(runner_closed);
    return bide__run_go_on(bide__close_runner(r->loop, r->was_set));
}
BIDE__RUNS(bide_runner_close);
