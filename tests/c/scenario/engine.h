/* engine.h -- runs a scenario and writes its trace: a line for each thing that happens.
 *
 *     TIME INSTANCE OPERATION OUTCOME..
 *
 * An instance is a task; a body that is called runs as the instance of its
 * caller. An error on its way out of blocks is kept as a value, since what runs
 * on the way may meet another error of the same code. `again` raises it anew where
 * a block's exit, or the end of the task, has to see it.
 *
 * A run goes through these phases:
 *   main         until the main task ends
 *   leftovers    what is left is cancelled and waited for, as asyncio.run does
 *   over         nothing is written and nothing more is done: every task that is
 *                still there leaves its blocks, so that it frees what it has
 * A deadlock leads from each of the first two to the last.
 *
 * All objects belong to the run and live until its end. */
#ifndef SCENARIO_ENGINE_H
#define SCENARIO_ENGINE_H

#include "program.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"

struct run;

/* Who wants to know more than the trace tells. Each function may be NULL. Each is told the numbers of objects. */
struct observer {
    void (*deadlocked)(struct run *run);
    void (*ended)(struct run *run);  /* every task has left its blocks, unless the loop is closed; the objects are still there */
    void (*lock_taken)(struct run *run, int lock), (*lock_given)(struct run *run, int lock);
    void (*semaphore_changed)(struct run *run, int semaphore, int by);
    void (*item_put)(struct run *run, int queue, int64_t item), (*item_got)(struct run *run, int queue, int64_t item);
    void (*barrier_passed)(struct run *run, int barrier, int index);
};

/* A task, or the attempt to make one. */
struct instance {
    struct run *run;
    int number, body;
    bide_task *task;                 /* a reference; NULL: it was refused */
    struct instance *before;         /* made before this one */
};

/* A callback that was registered. */
struct registration {
    struct run *run;
    int instance;                    /* who registered it */
    const struct op *op;             /* what it does */
};

/* An iteration of as_completed. Kept until the end of the run: asyncio's timer for it goes on when the loop is left. */
struct iteration {
    bide_as_completed it;
    struct iteration *before;
};

/* Memory that goes when the run ends. */
struct piece {
    struct piece *before;
    max_align_t data[];
};

struct slot { bide_task *task; int instance; };    /* task: borrowed from the instance; NULL: empty */

struct run {
    const struct program *program;
    const struct observer *observer; /* NULL: nobody */
    FILE *out;
    bide_loop *loop;
    bool over;
    int taken, calls;                /* instance numbers, main's among them; calls made */
    bide_task *main;                 /* borrowed from its instance */
    struct slot *slots;
    bide_handle **handles;           /* references; NULL: empty */
    bide_lock *locks;
    bide_semaphore *semaphores;
    bide_event *events;
    bide_condition *conditions;
    bide_queue *queues;
    bide_barrier *barriers;
    bide_future **futures;           /* references */
    struct instance *instances;      /* newest first */
    struct iteration *iterations;
    struct piece *pieces;
};

/* A body that runs, or a callback. */
struct frame {
    struct run *run;
    int instance;
    bide_value error;                /* on its way out; NONE: its code is all there is */
    bool returning;                  /* by a `return`, with `result` */
    int64_t result;
    bide_timeout *timeout;           /* the innermost; NULL: none */
    bide_task_group *group;
};

/* What an operation has to tell beside its code. */
enum outcome_kind { DONE, DONE_WITH_VALUE, DONE_WITH_WORD, SKIPPED, TOLD };
struct outcome {
    enum outcome_kind kind;
    bide_value value;                /* DONE_WITH_VALUE */
    const char *word;                /* DONE_WITH_WORD */
};

typedef int op_fn(struct frame *f, const struct op *op, struct outcome *out);

static int run_list(struct frame *f, int first);
static int run_op(struct frame *f, const struct op *op);

/* Tell the observer, if it listens. */
#define OBSERVE(run, what, ...) \
    do { if ((run)->observer && (run)->observer->what) (run)->observer->what((run), __VA_ARGS__); } while (0)

/* ------------------------------------------------------------------ memory */

static void *keep(struct run *run, size_t size) {
    struct piece *p = need(calloc(1, sizeof *p + size));
    p->before = run->pieces;
    run->pieces = p;
    return p->data;
}

static void *keep_array(struct run *run, int count, size_t size) { return keep(run, ((size_t)count + 1) * size); }

/* ------------------------------------------------------------------ words of the trace */

static void write_value(FILE *out, const bide_value *v);

static void write_items(FILE *out, const bide_value *list, const char *between) {
    for (size_t i = 0; list->kind == BIDE_LIST && i < list->count; i++) {
        if (i > 0) fputs(between, out);
        write_value(out, &list->items[i]);
    }
}

/* An error's class; of a group also its members, which `error` has. */
static void write_error(FILE *out, int code, const bide_value *error) {
    fputs(bide_error_name(code), out);
    if (code != BIDE_EGROUP) return;
    bide_value members = bide_error_members(*error);
    fputc('[', out);
    write_items(out, &members, ",");
    fputc(']', out);
    bide_value_clear(&members);
}

static void write_value(FILE *out, const bide_value *v) {
    if (v->kind == BIDE_I64) fprintf(out, "%lld", (long long)v->i64);
    else if (v->kind == BIDE_ERROR) write_error(out, v->code, v);
    else if (v->kind != BIDE_LIST) fputs("none", out);
    else {
        fputc('[', out);
        write_items(out, v, " ");
        fputc(']', out);
    }
}

/* The state of a task or future. */
static void write_state(FILE *out, bide_future *f) {
    bide_value v = { .kind = BIDE_NONE };
    if (!bide_future_done(f)) { fputs("pending", out); return; }
    const int rc = bide_future_result(f, &v);
    if (bide_future_cancelled(f)) fputs("cancelled", out);
    else if (rc != 0) {
        bide_value error = bide_last_error_value();
        fputs("raised ", out);
        write_error(out, rc, &error);
        bide_value_clear(&error);
    } else if (v.kind == BIDE_NONE) fputs("done", out);
    else {
        fputs("result ", out);
        write_value(out, &v);
    }
    bide_value_clear(&v);
}

/* ------------------------------------------------------------------ lines of the trace */

/* Begin a line; false: nothing is to be written any more. */
static bool line_begins(struct run *run) {
    if (run->over) return false;
    fprintf(run->out, "%.0f ", bide_loop_time(run->loop));
    return true;
}

/* A line of a frame's operation: its begin. */
static bool op_line_begins(const struct frame *f, const struct op *op) {
    if (!line_begins(f->run)) return false;
    fprintf(f->run->out, "%d %lld ", f->instance, (long long)op->id);
    return true;
}

static void write_op_word(const struct frame *f, const struct op *op, const char *word) {
    if (op_line_begins(f, op)) fprintf(f->run->out, "%s\n", word);
}

/* A line of the run itself. */
static void write_run_word(struct run *run, const char *word) {
    if (line_begins(run)) fprintf(run->out, "- %s\n", word);
}

static void write_success(const struct frame *f, const struct outcome *out) {
    if (f->returning && out->kind == DONE) { fputs("ret\n", f->run->out); return; }
    fputs("ok", f->run->out);
    if (out->kind == DONE_WITH_WORD) fprintf(f->run->out, " %s", out->word);
    if (out->kind == DONE_WITH_VALUE) {
        fputc(' ', f->run->out);
        write_value(f->run->out, &out->value);
    }
    fputc('\n', f->run->out);
}

static void write_failure(const struct frame *f, int rc) {
    fputs("exc ", f->run->out);
    write_error(f->run->out, rc, &f->error);
    fputc('\n', f->run->out);
}

/* The one line with which each operation ends. */
static void write_outcome(const struct frame *f, const struct op *op, int rc, const struct outcome *out) {
    if ((rc == 0 && out->kind == TOLD) || !op_line_begins(f, op)) return;
    if (rc != 0) write_failure(f, rc);
    else if (out->kind == SKIPPED) fputs("skip\n", f->run->out);
    else write_success(f, out);
}

static int tell(struct outcome *out, int64_t number) {
    *out = (struct outcome){ .kind = DONE_WITH_VALUE, .value = bide_i64(number) };
    return 0;
}

static int skip(struct outcome *out) {
    out->kind = SKIPPED;
    return 0;
}

/* ------------------------------------------------------------------ errors on their way */

/* `rc` has just come out of a call: keep it as the frame's error, in place of an earlier error or return. */
static int fail(struct frame *f, int rc) {
    bide_value_clear(&f->error);
    f->error = bide_last_error_value();
    f->returning = false;
    return rc;
}

/* Raise the frame's error anew, for a call that is handed the code. */
static int again(const struct frame *f, int rc) {
    if (rc == 0) return 0;
    if (f->error.kind == BIDE_ERROR && f->error.code == rc) return bide_return_value(bide_value_copy(f->error));
    return bide_raise(rc, NULL);
}

static bool is_caught(int catches, int rc) {
    return catches == CATCH_ALL || (catches == CATCH_EXCEPTION && bide_is_exception(rc));
}

/* ------------------------------------------------------------------ whom an operation means */

static double ticks(int64_t t) { return t == NONE_GIVEN ? INFINITY : (double)t; }

/* A task or future; NULL: the slot is empty. */
static bide_future *target(const struct run *run, int64_t item) {
    return item < 0 ? run->futures[-1 - item] : run->slots[item].task;
}

/* The same for an operation that waits. A task waits for younger tasks only, so that there are no cycles. */
static bide_future *awaitable(const struct frame *f, int64_t item) {
    if (item >= 0 && f->run->slots[item].instance <= f->instance) return NULL;
    return target(f->run, item);
}

/* The futures of a list that can be waited for. They are references, since a future may be replaced meanwhile. */
struct chosen { bide_future **futures; int *codes; size_t count; };

static struct chosen choose(const struct frame *f, const struct op *op) {
    struct chosen c = { keep_array(f->run, op->item_count, sizeof *c.futures), keep_array(f->run, op->item_count, sizeof *c.codes), 0 };
    for (int i = 0; i < op->item_count; i++) {
        const int code = f->run->program->items[op->first_item + i];
        bide_future *future = awaitable(f, code);
        if (!future) continue;
        c.codes[c.count] = code;
        c.futures[c.count++] = bide_retain(future);
    }
    return c;
}

static void let_go(const struct chosen *c) { bide_release_all(c->futures, c->count); }

/* ------------------------------------------------------------------ bodies */

/* A body that is to run, and as whom. */
struct call { struct run *run; int instance, body; };

static void write_end(const struct frame *f, int rc) {
    if (!line_begins(f->run)) return;
    fprintf(f->run->out, "%d end ", f->instance);
    if (rc != 0) write_failure(f, rc);
    else if (f->returning) fprintf(f->run->out, "ret %lld\n", (long long)f->result);
    else fputs("ret none\n", f->run->out);
}

static int end_body(struct frame *f, int rc) {
    write_end(f, rc);
    if (rc != 0) rc = again(f, rc);
    else if (f->returning) rc = bide_return_i64(f->result);
    bide_value_clear(&f->error);      /* a step of as_completed leaves one even if the body has not failed */
    return rc;
}

static int run_body(void *arg) {
    const struct call *c = arg;
    struct frame f = { .run = c->run, .instance = c->instance };
    const int first = c->run->program->bodies[c->body];
    if (line_begins(f.run)) fprintf(f.run->out, "%d start %d\n", f.instance, c->body);
    return end_body(&f, run_list(&f, first));
}

static int run_instance(void *arg) {
    const struct instance *i = arg;
    return run_body(&(struct call){ i->run, i->number, i->body });
}

/* Take the next instance number. */
static struct instance *new_instance(struct run *run, int body) {
    struct instance *i = keep(run, sizeof *i);
    *i = (struct instance){ run, run->taken++, body, NULL, run->instances };
    return run->instances = i;
}

/* ------------------------------------------------------------------ operations: tasks and errors */

static int op_log(struct frame *f, const struct op *op, struct outcome *out) {
    return tell(out, op->arguments[0]);
}

static int op_raise(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_raise((int)op->arguments[0], NULL);
}

static int op_return(struct frame *f, const struct op *op, struct outcome *out) {
    f->returning = true;
    f->result = op->arguments[0];
    return tell(out, f->result);
}

static int op_cancel(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *t = target(f->run, op->arguments[0]);
    return t ? tell(out, bide_future_cancel(t)) : skip(out);
}

static int op_cancel_self(struct frame *f, const struct op *op, struct outcome *out) {
    return tell(out, bide_task_cancel(bide_current_task()));
}

static int op_cancel_main(struct frame *f, const struct op *op, struct outcome *out) {
    return tell(out, bide_task_cancel(f->run->main));
}

static int op_uncancel(struct frame *f, const struct op *op, struct outcome *out) {
    return tell(out, bide_task_uncancel(bide_current_task()));
}

static int op_cancelling(struct frame *f, const struct op *op, struct outcome *out) {
    return tell(out, bide_task_cancelling(bide_current_task()));
}

static int op_state(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *t = target(f->run, op->arguments[0]);
    if (!t) return skip(out);
    out->kind = TOLD;
    if (!op_line_begins(f, op)) return 0;
    fputs("ok ", f->run->out);
    write_state(f->run->out, t);
    fputc('\n', f->run->out);
    return 0;
}

static bide_task_options options_of(const struct frame *f, const struct op *op) {
    return (bide_task_options){ .stack_size = f->run->program->stack_size, .eager_start = op->arguments[2] != 0 };
}

/* An instance whose task was made, or not. `task` is taken. */
static int spawned(struct run *run, const struct op *op, struct instance *i, bide_task *task, struct outcome *out) {
    if (!task) return bide_last_error();
    i->task = task;
    run->slots[op->arguments[1]] = (struct slot){ task, i->number };
    return tell(out, i->number);
}

static int op_spawn(struct frame *f, const struct op *op, struct outcome *out) {
    struct run *run = f->run;
    if (run->taken >= run->program->max_tasks) return skip(out);
    struct instance *i = new_instance(run, (int)op->arguments[0]);
    const bide_task_options options = options_of(f, op);
    return spawned(run, op, i, bide_create_task_with(&options, run_instance, i), out);
}

static int op_tg_spawn(struct frame *f, const struct op *op, struct outcome *out) {
    struct run *run = f->run;
    if (!f->group || run->taken >= run->program->max_tasks) return skip(out);
    struct instance *i = new_instance(run, (int)op->arguments[0]);
    const bide_task_options options = options_of(f, op);
    return spawned(run, op, i, bide_retain(bide_task_group_create_task_with(f->group, &options, run_instance, i)), out);
}

/* ------------------------------------------------------------------ operations: futures, events, conditions */

static int op_fut_set(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_future_set_result(f->run->futures[op->arguments[0]], bide_i64(op->arguments[1]));
}

static int op_fut_exc(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_future_set_exception(f->run->futures[op->arguments[0]], BIDE_EVALUE, NULL);
}

static int op_fut_new(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *fresh = bide_future_new(f->run->loop), **place = &f->run->futures[op->arguments[0]];
    if (!fresh) return bide_last_error();
    bide_release(*place);
    *place = fresh;
    return 0;
}

static int op_ev_set(struct frame *f, const struct op *op, struct outcome *out) {
    bide_event_set(&f->run->events[op->arguments[0]]);
    return 0;
}

static int op_ev_clear(struct frame *f, const struct op *op, struct outcome *out) {
    bide_event_clear(&f->run->events[op->arguments[0]]);
    return 0;
}

static int op_ev_wait(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_event_wait(&f->run->events[op->arguments[0]]);
}

static int op_notify(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_condition_notify(&f->run->conditions[op->arguments[0]], (size_t)op->arguments[1]);
}

/* The number by which observers know a condition's lock. Locks of the conditions' own follow the others. */
static int lock_of(const struct run *run, int64_t condition) {
    const int lock = run->program->conditions[condition];
    return lock >= 0 ? lock : run->program->counts.locks + (int)condition;
}

static int op_cond_wait(struct frame *f, const struct op *op, struct outcome *out) {
    bide_condition *c = &f->run->conditions[op->arguments[0]];
    const int lock = lock_of(f->run, op->arguments[0]);
    const bool was_locked = bide_condition_locked(c);
    if (was_locked) OBSERVE(f->run, lock_given, lock);
    const int rc = bide_condition_wait(c);
    if (was_locked) OBSERVE(f->run, lock_taken, lock);
    return rc;
}

/* ------------------------------------------------------------------ operations: queues, semaphores, barriers */

static int op_put_nowait(struct frame *f, const struct op *op, struct outcome *out) {
    const int rc = bide_queue_put_nowait(&f->run->queues[op->arguments[0]], bide_i64(op->arguments[1]));
    if (rc == 0) OBSERVE(f->run, item_put, (int)op->arguments[0], op->arguments[1]);
    return rc;
}

static int op_put(struct frame *f, const struct op *op, struct outcome *out) {
    const int rc = bide_queue_put(&f->run->queues[op->arguments[0]], bide_i64(op->arguments[1]));
    if (rc == 0) OBSERVE(f->run, item_put, (int)op->arguments[0], op->arguments[1]);
    return rc;
}

static int got(struct frame *f, const struct op *op, struct outcome *out, int rc) {
    if (rc != 0) return rc;
    OBSERVE(f->run, item_got, (int)op->arguments[0], out->value.i64);
    out->kind = DONE_WITH_VALUE;
    return 0;
}

static int op_get_nowait(struct frame *f, const struct op *op, struct outcome *out) {
    return got(f, op, out, bide_queue_get_nowait(&f->run->queues[op->arguments[0]], &out->value));
}

static int op_get(struct frame *f, const struct op *op, struct outcome *out) {
    return got(f, op, out, bide_queue_get(&f->run->queues[op->arguments[0]], &out->value));
}

static int op_task_done(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_queue_task_done(&f->run->queues[op->arguments[0]]);
}

static int op_q_shutdown(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_queue_shutdown(&f->run->queues[op->arguments[0]], op->arguments[1] != 0);
}

static int op_join(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_queue_join(&f->run->queues[op->arguments[0]]);
}

static int op_release(struct frame *f, const struct op *op, struct outcome *out) {
    const int rc = bide_semaphore_release(&f->run->semaphores[op->arguments[0]]);
    if (rc == 0) OBSERVE(f->run, semaphore_changed, (int)op->arguments[0], 1);
    return rc;
}

static int op_barrier(struct frame *f, const struct op *op, struct outcome *out) {
    int index;
    const int rc = bide_barrier_wait(&f->run->barriers[op->arguments[0]], &index);
    if (rc != 0) return rc;
    OBSERVE(f->run, barrier_passed, (int)op->arguments[0], index);
    return tell(out, index);
}

static int op_barrier_abort(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_barrier_abort(&f->run->barriers[op->arguments[0]]);
}

static int op_barrier_reset(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_barrier_reset(&f->run->barriers[op->arguments[0]]);
}

/* ------------------------------------------------------------------ operations: callbacks and timers */

static struct registration *registered(const struct frame *f, const struct op *op) {
    struct registration *r = keep(f->run, sizeof *r);
    *r = (struct registration){ f->run, f->instance, &f->run->program->ops[op->ops] };
    return r;
}

/* Errors are in the trace, and go nowhere else. */
static int run_callback(void *arg) {
    const struct registration *r = arg;
    if (r->run->over) return 0;
    struct frame f = { .run = r->run, .instance = r->instance };
    bide_ignore(run_op(&f, r->op));
    bide_value_clear(&f.error);
    return 0;
}

static int run_done_callback(bide_future *f, void *arg) {
    return run_callback(arg);
}

static int op_soon(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_loop_call_soon(f->run->loop, run_callback, registered(f, op)) ? 0 : bide_last_error();
}

static int op_later(struct frame *f, const struct op *op, struct outcome *out) {
    bide_handle **place = &f->run->handles[op->arguments[1]];
    bide_handle *h = bide_loop_call_later(f->run->loop, ticks(op->arguments[0]), run_callback, registered(f, op));
    if (!h) return bide_last_error();
    bide_handle_release(*place);
    *place = bide_handle_retain(h);
    return 0;
}

static int op_hcancel(struct frame *f, const struct op *op, struct outcome *out) {
    bide_handle *h = f->run->handles[op->arguments[0]];
    if (!h) return skip(out);
    bide_handle_cancel(h);
    return 0;
}

static int op_on_done(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *t = target(f->run, op->arguments[0]);
    return t ? bide_future_add_done_callback(t, run_done_callback, registered(f, op)) : skip(out);
}

static int op_resched(struct frame *f, const struct op *op, struct outcome *out) {
    if (!f->timeout) return skip(out);
    return bide_timeout_reschedule(f->timeout, bide_loop_time(f->run->loop) + ticks(op->arguments[0]));
}

/* ------------------------------------------------------------------ operations: waiting */

static int op_sleep(struct frame *f, const struct op *op, struct outcome *out) {
    return bide_sleep(ticks(op->arguments[0]));
}

static int op_await(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *t = awaitable(f, op->arguments[0]);
    if (!t) return skip(out);
    out->kind = DONE_WITH_VALUE;
    return bide_await(t, &out->value);
}

static int op_shield(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *t = awaitable(f, op->arguments[0]);
    if (!t) return skip(out);
    out->kind = DONE_WITH_VALUE;
    return bide_join(bide_shield(t), &out->value);
}

static int op_wait_for(struct frame *f, const struct op *op, struct outcome *out) {
    bide_future *t = awaitable(f, op->arguments[0]);
    if (!t) return skip(out);
    out->kind = DONE_WITH_VALUE;
    return bide_wait_for(t, ticks(op->arguments[1]), &out->value);
}

/* Whether one more body may be called. */
static bool call_allowed(struct run *run) { return run->calls < run->program->max_calls && ++run->calls; }

static int op_call(struct frame *f, const struct op *op, struct outcome *out) {
    if (!call_allowed(f->run)) return skip(out);
    struct call c = { f->run, f->instance, (int)op->arguments[0] };
    out->kind = DONE_WITH_VALUE;
    return bide_call(run_body, &c, &out->value);
}

static int op_wait_for_call(struct frame *f, const struct op *op, struct outcome *out) {
    if (!call_allowed(f->run)) return skip(out);
    struct call c = { f->run, f->instance, (int)op->arguments[0] };
    out->kind = DONE_WITH_VALUE;
    return bide_wait_for_call(run_body, &c, ticks(op->arguments[1]), &out->value);
}

static int op_gather(struct frame *f, const struct op *op, struct outcome *out) {
    const struct chosen c = choose(f, op);
    if (c.count == 0) return skip(out);
    out->kind = DONE_WITH_VALUE;
    return bide_gather_join(c.futures, c.count, op->arguments[0] != 0, &out->value);
}

static void write_those(const struct frame *f, const struct chosen *c, bool done) {
    const char *between = "";
    fputs(done ? "done [" : " pending [", f->run->out);
    for (size_t i = 0; i < c->count; i++) {
        if (bide_future_done(c->futures[i]) != done) continue;
        fprintf(f->run->out, "%s%d", between, c->codes[i]);
        between = " ";
    }
    fputs("]", f->run->out);
}

static void write_done_and_pending(const struct frame *f, const struct op *op, const struct chosen *c) {
    if (!op_line_begins(f, op)) return;
    fputs("ok ", f->run->out);
    write_those(f, c, true);
    write_those(f, c, false);
    fputs("\n", f->run->out);
}

static int op_wait(struct frame *f, const struct op *op, struct outcome *out) {
    const struct chosen c = choose(f, op);
    if (c.count == 0) return skip(out);
    const int rc = bide_wait(c.futures, c.count, ticks(op->arguments[1]), (bide_return_when)op->arguments[0], NULL);
    if (rc == 0) write_done_and_pending(f, op, &c);
    let_go(&c);
    out->kind = TOLD;
    return rc;
}

/* One step of an iteration: write its line, answer its code. */
static int step(struct frame *f, const struct op *op, bide_as_completed *it, int number) {
    bide_future *ended;
    struct outcome out = { .kind = DONE_WITH_VALUE };
    int rc = bide_as_completed_next(it, &ended);
    if (rc == 0) rc = bide_future_result(ended, &out.value);
    if (rc != 0) fail(f, rc);
    if (op_line_begins(f, op)) {
        fprintf(f->run->out, "step %d ", number);
        if (rc != 0) write_failure(f, rc);
        else write_success(f, &out);
    }
    bide_value_clear(&out.value);
    return rc;
}

static int op_asc(struct frame *f, const struct op *op, struct outcome *out) {
    const struct chosen c = choose(f, op);
    if (c.count == 0) return skip(out);
    struct iteration *i = keep(f->run, sizeof *i);
    int rc = bide_as_completed_init(&i->it, c.futures, c.count, ticks(op->arguments[0])), steps = 0;
    let_go(&c);
    if (rc != 0) return rc;
    i->before = f->run->iterations;
    f->run->iterations = i;
    while (bide_as_completed_left(&i->it) > 0 && !f->run->over) {
        rc = step(f, op, &i->it, steps++);
        if (rc == BIDE_ECANCELED) return rc;
    }
    return tell(out, steps);
}

/* ------------------------------------------------------------------ blocks */

static int inside(struct frame *f, const struct op *op) {
    write_op_word(f, op, "in");
    return f->run->over ? BIDE_ECANCELED : run_list(f, op->ops);
}

/* A block's exit has answered `code`, which leaves the block. */
static int leave(struct frame *f, int code) {
    if (code != 0) return fail(f, code);
    bide_value_clear(&f->error);
    return 0;
}

static int op_lock(struct frame *f, const struct op *op, struct outcome *out) {
    const int lock = (int)op->arguments[0];
    int rc = bide_lock_acquire(&f->run->locks[lock]);
    if (rc != 0) return fail(f, rc);
    OBSERVE(f->run, lock_taken, lock);
    rc = inside(f, op);
    OBSERVE(f->run, lock_given, lock);
    const int released = bide_lock_release(&f->run->locks[lock]);
    return released ? fail(f, released) : rc;
}

static int op_cond(struct frame *f, const struct op *op, struct outcome *out) {
    bide_condition *c = &f->run->conditions[op->arguments[0]];
    int rc = bide_condition_acquire(c);
    if (rc != 0) return fail(f, rc);
    OBSERVE(f->run, lock_taken, lock_of(f->run, op->arguments[0]));
    rc = inside(f, op);
    OBSERVE(f->run, lock_given, lock_of(f->run, op->arguments[0]));
    const int released = bide_condition_release(c);
    return released ? fail(f, released) : rc;
}

static int op_sem(struct frame *f, const struct op *op, struct outcome *out) {
    const int semaphore = (int)op->arguments[0];
    int rc = bide_semaphore_acquire(&f->run->semaphores[semaphore]);
    if (rc != 0) return fail(f, rc);
    OBSERVE(f->run, semaphore_changed, semaphore, -1);
    rc = inside(f, op);
    const int released = bide_semaphore_release(&f->run->semaphores[semaphore]);
    if (released) return fail(f, released);
    OBSERVE(f->run, semaphore_changed, semaphore, 1);
    return rc;
}

static int op_timeout(struct frame *f, const struct op *op, struct outcome *out) {
    bide_timeout timeout = BIDE_TIMEOUT_INIT, *outer = f->timeout;
    int rc = bide_timeout_enter(&timeout, ticks(op->arguments[0]));
    if (rc != 0) return fail(f, rc);
    f->timeout = &timeout;
    rc = inside(f, op);
    f->timeout = outer;
    return leave(f, bide_timeout_exit(&timeout, again(f, rc)));
}

static int op_tg(struct frame *f, const struct op *op, struct outcome *out) {
    bide_task_group group = BIDE_TASK_GROUP_INIT, *outer = f->group;
    int rc = bide_task_group_enter(&group);
    if (rc != 0) return fail(f, rc);
    f->group = &group;
    rc = inside(f, op);
    f->group = outer;
    return leave(f, bide_task_group_exit(&group, again(f, rc)));
}

/* Python's `finally`: an error or return that was under way goes on after it, unless it raises or returns itself. */
static int run_final(struct frame *f, const struct op *op, int rc) {
    const struct frame before = *f;
    f->error = (bide_value){ .kind = BIDE_NONE }, f->returning = false;
    write_op_word(f, op, "final");
    const int own = run_list(f, op->final);
    bide_value dropped = own || f->returning ? before.error : f->error;
    if (own == 0 && !f->returning) f->error = before.error, f->returning = before.returning, f->result = before.result;
    else rc = own;
    bide_value_clear(&dropped);
    return rc;
}

static int op_try(struct frame *f, const struct op *op, struct outcome *out) {
    int rc = run_list(f, op->ops);
    if (rc != 0 && is_caught(op->catches, rc) && !f->run->over) {
        if (op_line_begins(f, op)) {
            fputs("caught ", f->run->out);
            write_error(f->run->out, rc, &f->error);
            fputc('\n', f->run->out);
        }
        bide_value_clear(&f->error);
        rc = run_list(f, op->handler);
    }
    return op->final && !f->run->over ? run_final(f, op, rc) : rc;
}

/* ------------------------------------------------------------------ lists of operations */

#define FUNCTION_OF(name, arguments, shape) [OP_##name] = op_##name,
static op_fn *const op_functions[OP_COUNT] = { OPERATIONS(FUNCTION_OF) };
#undef FUNCTION_OF

static int run_op(struct frame *f, const struct op *op) {
    struct outcome out = { .kind = DONE };
    const int rc = op_functions[op->kind](f, op, &out);
    if (rc != 0 && operations[op->kind].shape != BLOCK) fail(f, rc);
    write_outcome(f, op, rc, &out);
    bide_value_clear(&out.value);
    return rc;
}

/* Run a list until an error leaves it, or the body returns. */
static int run_list(struct frame *f, int first) {
    const struct op *ops = f->run->program->ops;
    for (int i = first; i && !f->run->over; i = ops[i].next) {
        const int rc = run_op(f, &ops[i]);
        if (rc == 0 && f->returning) return 0;
        if (rc == 0) continue;
        if (ops[i].kind == OP_try || !is_caught(ops[i].catches, rc)) return rc;
        bide_value_clear(&f->error);
    }
    return f->run->over ? BIDE_ECANCELED : 0;
}

/* ------------------------------------------------------------------ a run */

static int on_deadlock(void *arg) {
    struct run *run = arg;
    write_run_word(run, "deadlock");
    run->over = true;
    if (run->observer && run->observer->deadlocked) run->observer->deadlocked(run);
    return 0;
}

/* Errors that nobody retrieves are part of most scenarios. */
static int on_exception(bide_loop *loop, const bide_exception_context *context, void *arg) {
    return 0;
}

/* The loop's first turn makes the main task, since only a loop that runs takes options. So its second turn is asyncio's first. */
static int start_main(void *arg) {
    struct run *run = arg;
    struct instance *i = new_instance(run, 0);
    const bide_task_options options = { .stack_size = run->program->stack_size };
    run->main = i->task = bide_create_task_with(&options, run_instance, i);
    bide_loop_stop(run->loop);
    return run->main ? 0 : bide_last_error();
}

static int make_objects(struct run *run) {
    const struct program *p = run->program;
    int rc = 0;
    run->slots = keep_array(run, p->counts.slots, sizeof *run->slots);
    run->handles = keep_array(run, p->counts.handles, sizeof *run->handles);
    run->locks = keep_array(run, p->counts.locks, sizeof *run->locks);
    run->events = keep_array(run, p->counts.events, sizeof *run->events);
    run->semaphores = keep_array(run, p->counts.semaphores, sizeof *run->semaphores);
    run->conditions = keep_array(run, p->counts.conditions, sizeof *run->conditions);
    run->queues = keep_array(run, p->counts.queues, sizeof *run->queues);
    run->barriers = keep_array(run, p->counts.barriers, sizeof *run->barriers);
    run->futures = keep_array(run, p->counts.futures, sizeof *run->futures);
    for (int i = 0; i < p->counts.semaphores && rc == 0; i++)
        rc = (p->semaphores[i].bounded ? bide_bounded_semaphore_init : bide_semaphore_init)(&run->semaphores[i], p->semaphores[i].value);
    for (int i = 0; i < p->counts.conditions; i++)
        if (p->conditions[i] >= 0) run->conditions[i] = (bide_condition)BIDE_CONDITION_WITH(&run->locks[p->conditions[i]]);
    for (int i = 0; i < p->counts.queues && rc == 0; i++) rc = bide_queue_init(&run->queues[i], p->queues[i]);
    for (int i = 0; i < p->counts.barriers && rc == 0; i++) rc = bide_barrier_init(&run->barriers[i], p->barriers[i]);
    for (int i = 0; i < p->counts.futures && rc == 0; i++)
        if (!(run->futures[i] = bide_future_new(run->loop))) rc = bide_last_error();
    return rc;
}

static void free_objects(struct run *run) {
    const struct counts *c = &run->program->counts;
    for (struct iteration *i = run->iterations; i; i = i->before) bide_as_completed_clear(&i->it);
    for (int i = 0; i < c->queues; i++) bide_queue_clear(&run->queues[i]);
    for (int i = 0; i < c->handles; i++) bide_handle_release(run->handles[i]);
    bide_release_all(run->futures, (size_t)c->futures);
    for (struct instance *i = run->instances; i; i = i->before) bide_release(i->task);
}

/* ------------------------------------------------------------------ its end */

struct leftovers { bide_task **tasks; size_t count; };

static struct leftovers leftovers_of(struct run *run) {
    struct leftovers l = { .count = bide_all_tasks(run->loop, NULL, 0) };
    l.tasks = keep(run, l.count * sizeof *l.tasks);
    bide_all_tasks(run->loop, l.tasks, l.count);
    return l;
}

/* Cancel them in order of creation, and wait for them. 0, or a code: they may not have ended. */
static int cancel_leftovers(struct run *run, const struct leftovers *l) {
    for (size_t i = 0; i < l->count; i++) bide_task_cancel(l->tasks[i]);
    return bide_loop_run_until_complete_join(run->loop, bide_gather(l->tasks, l->count, true), NULL);
}

static void write_leftover(struct run *run, bide_task *t) {
    const struct instance *i = run->instances;
    while (i && i->task != t) i = i->before;
    if (!line_begins(run)) return;
    fputs("- left ", run->out);
    if (i) fprintf(run->out, "%d ", i->number);
    else fputs("? ", run->out);
    write_state(run->out, t);
    fputc('\n', run->out);
}

/* What asyncio.run does with tasks that are left when main has ended. */
static int end_leftovers(struct run *run) {
    const struct leftovers l = leftovers_of(run);
    if (line_begins(run)) fprintf(run->out, "- left %zu\n", l.count);
    const int rc = l.count > 0 ? cancel_leftovers(run, &l) : 0;
    for (size_t i = 0; i < l.count && rc == 0; i++) write_leftover(run, l.tasks[i]);
    bide_release_all(l.tasks, l.count);
    return run->over ? 0 : rc;
}

static int write_ends(struct run *run) {
    if (line_begins(run)) {
        fputs("- main ", run->out);
        write_state(run->out, run->main);
        fputc('\n', run->out);
    }
    const int rc = end_leftovers(run);
    write_run_word(run, "end");
    return rc;
}

/* Let every task that is still there leave: those made since main ended, and those of a deadlock. There are two
 * attempts, since the first fails without memory; no more, since a deadlock that comes again closes the loop. */
static void unwind(struct run *run) {
    run->over = true;
    for (int attempt = 0; attempt < 2 && !bide_loop_is_closed(run->loop); attempt++) {
        const struct leftovers l = leftovers_of(run);
        if (l.count > 0) bide_ignore(cancel_leftovers(run, &l));
        bide_release_all(l.tasks, l.count);
    }
}

/* Main and all that comes after it. */
static int run_main(struct run *run) {
    if (!bide_loop_call_soon(run->loop, start_main, run)) return bide_last_error();
    const int rc = bide_loop_run_forever(run->loop);
    if (rc != 0 || !run->main) return rc ? rc : BIDE_ENOMEM;
    bide_ignore(bide_loop_run_until_complete(run->loop, run->main, NULL));
    return run->over ? 0 : write_ends(run);
}

/* Run a scenario, and write its trace to `out`. 0 (a deadlock is in the trace), or a code: there was no memory to run it. */
static int run_program(const struct program *program, FILE *out, const struct observer *observer) {
    struct run run = { .program = program, .observer = observer, .out = out, .loop = bide_new_event_loop() };
    if (!run.loop) return bide_last_error();
    bide_loop_set_deadlock_handler(run.loop, on_deadlock, &run);
    bide_loop_set_exception_handler(run.loop, on_exception, NULL);
    int rc = make_objects(&run);
    if (rc == 0) rc = run_main(&run);
    unwind(&run);
    if (observer && observer->ended) observer->ended(&run);
    free_objects(&run);
    bide_loop_release(run.loop);
    for (struct piece *p = run.pieces, *before; p; p = before) before = p->before, free(p);
    return rc;
}

#endif
