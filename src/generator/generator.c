/* generator.c -- functions that yield values on the way, plain and asynchronous.
 *
 *   NEW -> RUNNING          next, send
 *   RUNNING -> SUSPENDED    bide_yield
 *   SUSPENDED -> RUNNING    next, send, throw, close
 *   RUNNING -> ENDED        its function returns
 *   NEW -> ENDED            throw, close: the function never runs
 *
 * A generator has a stack of its own. Whoever asks for a value resumes that stack
 * as the loop resumes a task, so bide_yield may stand at any depth of calls.
 *
 * A plain generator has a coroutine of its own. It is no task, so a call that would
 * wait is refused.
 *
 * An asynchronous generator runs in the task that asks. While it runs, the task's
 * coro, result slot and place are exchanged for the generator's, so every function
 * that suspends works in it unchanged. When the generator waits, generator_drive
 * takes the exchange back and suspends the task. When the task is resumed, it goes
 * on with the generator. Generators that ask generators nest in the same way. */
#include "generator/generator.h"

#include "host.h"
#include "run/run.h"
#include "task/report.h"

#include <string.h>

enum { GENERATOR_NEW, GENERATOR_RUNNING, GENERATOR_SUSPENDED, GENERATOR_ENDED };
enum { GENERATOR_SIZE_LIMIT = 1 << 30 };

struct bide_generator {
    uint32_t refs;
    uint8_t state;
    bool is_async;
    bool yielded;                 /* it has yielded since it was last resumed */
    bool was_closing;             /* it was dropped: a task closes it, or will be made for that */
    bool orphan;                  /* that task never began, so the loop has the last reference */
    bide_fn *fn;
    void *arg;
    size_t arg_size;              /* > 0: arg is ours */
    void (*drop)(void *arg);      /* NULL: arg needs none */
    int rc;                       /* valid when ENDED: what the function returned */
    struct coro coro;             /* its stack; while an asynchronous one runs, that of the task */
    bide_value *result;           /* exchanged as coro is: the result slot. NULL: nobody gets a result */
    bide_generator *inside, *drives;   /* exchanged as coro is: itself, and the generator that its function asks */
    bide__coroutine coroutine;    /* of a plain one */
    bide__coroutine *asked_by;    /* who runs a plain one; valid while it runs */
    bide_context *asker;          /* the context that the last asker had entered; compared only */
    bide_value value;             /* yielded, not taken yet */
    bide_value *sent_to;          /* where bide_yield puts what was sent; valid while SUSPENDED */
    bide_value sent;
    int thrown;                   /* code for bide_yield to answer, 0: none */
    bide_loop *loop;              /* of an asynchronous one that has begun. NULL: it has not, or the loop has closed */
    bide__node link;              /* in loop->generators */
    bide__node closer;            /* queued when the last reference has gone; then it has a reference itself */
    bide_task *closing;           /* the task that closes it; borrowed until that ends */
    bide__deferred release;       /* at the end of that task, which may never begin */
};

static bide_task *generator_closing_task(bide_loop *loop, bide_generator *g);
static void generator_free(bide_generator *g);
static void generator_end(bide_generator *g);

/* ------------------------------------------------------------------ a loop's generators */

static bide_generator *generator_by_link(bide__node *n) { return (bide_generator *)((char *)n - offsetof(bide_generator, link)); }

static void generator_leave_loop(bide_generator *g) {
    bide__list_remove(&g->link);
    g->loop = NULL;
}

void bide__generators_forget(bide_loop *loop) {
    while (!bide__list_empty(&loop->generators)) {
        bide_generator *g = generator_by_link(loop->generators.next);
        generator_leave_loop(g);
        if (g->orphan) generator_free(g);
    }
}

/* The frames that asked them are gone. They had a reference to each. */
void bide__generators_abandon(bide__coroutine *co) {
    for (bide_generator *g = co->drives, *next; g; g = next) {
        next = g->drives;
        generator_end(g);
        bide_generator_release(g);
    }
    co->drives = NULL;
}

static void generator_begin_in(bide_generator *g, bide_loop *loop) {
    g->loop = loop;
    bide__list_add(&loop->generators, &g->link);
}

/* ------------------------------------------------------------------ life */

bide_generator *bide_generator_new_with(const bide_task_options *o, bool is_async, bide_fn *fn, void *arg) {
    BIDE__TEXT(too_large, "stack_size or arg_size is more than 1 GiB");
    static const bide_task_options defaults;
    if (!o) o = &defaults;
    if (o->stack_size > GENERATOR_SIZE_LIMIT || o->arg_size > GENERATOR_SIZE_LIMIT) return BIDE__FAIL(BIDE_EVALUE, too_large), NULL;
    bide_generator *g = bide__alloc(sizeof *g);
    if (!g) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    *g = (bide_generator){ .refs = 1, .is_async = is_async, .fn = fn, .arg = arg, .inside = g };
    g->coroutine.inside = g;
    size_t stack = o->stack_size == 0 ? BIDE_STACK_SIZE : o->stack_size < BIDE_STACK_MIN ? BIDE_STACK_MIN : o->stack_size;
    bool enough = coro_init(&g->coro, stack, NULL);
    if (enough && o->arg_size > 0) {
        g->arg = bide__alloc(o->arg_size);
        enough = g->arg != NULL;
        if (enough) g->arg_size = o->arg_size, memcpy(g->arg, arg, o->arg_size);
    }
    if (enough) return g;
    generator_free(g);
    return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
}

bide_generator *bide_generator_new(bide_fn *fn, void *arg) { return bide_generator_new_with(NULL, false, fn, arg); }
bide_generator *bide_async_generator_new(bide_fn *fn, void *arg) { return bide_generator_new_with(NULL, true, fn, arg); }

void bide__generator_drops(bide_generator *g, void (*drop)(void *arg)) { g->drop = drop; }

/* Its function has returned, or will never run. */
static void generator_end(bide_generator *g) {
    g->state = GENERATOR_ENDED;
    if (BIDE__HAS(bide__debug)) bide__debug_generator_ended(g);
    coro_free(&g->coro);
    if (g->drop) g->drop(g->arg);
    if (g->arg_size > 0) bide__free(g->arg, g->arg_size);
    g->drop = NULL, g->arg_size = 0;
    bide_value_clear(&g->sent);
    generator_leave_loop(g);
}

static void generator_free(bide_generator *g) {
    if (g->state != GENERATOR_ENDED) generator_end(g);
    bide__coroutine_clear(&g->coroutine);
    bide__free(g, sizeof *g);
}

bide_generator *bide_generator_retain(bide_generator *g) {
    if (g) g->refs++;
    return g;
}

static void generator_closer_due(bide__node *n) {
    bide_generator *g = (bide_generator *)((char *)n - offsetof(bide_generator, closer));
    bide_task *t = generator_closing_task(g->loop, g);
    if (t) bide_release(t);
    else g->orphan = true;                 /* no memory: it is closed at the end of the run */
}

static void generator_closer_dropped(bide__node *n) { ((bide_generator *)((char *)n - offsetof(bide_generator, closer)))->orphan = true; }
static const bide__node_type generator_closer_type = { generator_closer_due, generator_closer_dropped };

/* The last reference of an asynchronous one that has not ended is gone. */
static void generator_close_later(bide_generator *g) {
    g->was_closing = true;
    g->closer.type = &generator_closer_type;
    bide__loop_push(g->loop, &g->closer);
    bide__host_wake(g->loop);
}

/* The last reference of a plain one that has not ended is gone. */
static void generator_close_now(bide_generator *g) {
    if (bide_generator_close(g) != 0) {
        bide_value error = bide_last_error_value();
        if (bide__running) bide__loop_error(bide__running, "Exception ignored while closing a generator", &error, NULL, NULL);
        else bide__report_error("Exception ignored while closing a generator", NULL, error.code, error.message);
        bide_value_clear(&error);
    }
    generator_free(g);
}

void bide_generator_release(bide_generator *g) {
    if (!g || --g->refs > 0) return;
    g->refs = 1;
    if (g->state != GENERATOR_SUSPENDED || (g->is_async && !g->loop)) generator_free(g);
    else if (!g->is_async) generator_close_now(g);
    else if (g->was_closing) g->orphan = true;
    else generator_close_later(g);
}

/* ------------------------------------------------------------------ switching */

/* Resume the function; true: it has returned. */
static CORO_LEAF bool generator_run(struct coro *c, bide_generator *g) {
    coro_place outer = coro_outer();
    bool ended = coro_resume(c, g->fn, g->arg, &g->rc);
    coro_go_out(outer);
    return ended;
}

#define GENERATOR_EXCHANGE(type, a, b) \
    do { \
        type kept = (a); \
        (a) = (b), (b) = kept; \
    } while (0)

/* Let the task be in the generator; called again, no longer. */
static void generator_exchange(bide__task *t, bide_generator *g) {
    GENERATOR_EXCHANGE(struct coro, t->coro, g->coro);
    GENERATOR_EXCHANGE(bide_value *, t->coroutine.result, g->result);
    GENERATOR_EXCHANGE(bide_generator *, t->coroutine.inside, g->inside);
    GENERATOR_EXCHANGE(bide_generator *, t->coroutine.drives, g->drives);
}

static bool generator_run_in_task(bide_generator *g) {
    bide__task *t = bide__resumed();
    generator_exchange(t, g);
    bool ended = generator_run(&t->coro, g);
    generator_exchange(t, g);
    return ended;
}

/* A plain one runs in its own coroutine, but in the context of whoever asks. */
static bool generator_run_alone(bide_generator *g) {
    bide__coroutine *outer = bide__current;
    GENERATOR_EXCHANGE(bide__context, g->coroutine.own, outer->own);
    g->coroutine.entered = outer->entered, g->asked_by = outer;
    bide__current = &g->coroutine;
    bool ended = generator_run(&g->coro, g);
    bide__current = outer;
    GENERATOR_EXCHANGE(bide__context, g->coroutine.own, outer->own);
    bide__disinherit(g->coroutine.own.vars);
    g->coroutine.own = (bide__context){ NULL, 0 };
    return ended;
}

bide_task *bide__task_behind(void) {
    const bide__coroutine *co = bide__current;
    while (!co->task && co->inside) co = co->inside->asked_by;
    return co->task;
}

const struct coro *bide__generator_stack(const bide_generator *g) { return &g->coro; }
const bide__coroutine *bide__generator_coroutine(const bide_generator *g) { return &g->coroutine; }

int bide__generator_refuses(void) {
    BIDE__TEXT(plain, "a plain generator cannot wait; bide_async_generator_new makes one that can");
    return BIDE__FAIL_HERE(BIDE_ERUNTIME, plain);
}

void bide__line_generator(bide__line *line) {
    const bide_generator *g = bide__current->inside;
    bide_task *t = bide__task_behind();
    bide__line_text(line, "a generator");
    if (t) bide__line_text(line, " of "), bide__line_task(line, t);
    bide__line_text(line, ", whose stack has ");
    bide__line_number(line, (long)coro_size(g->is_async ? &bide__task_of(t)->coro : &g->coro));
    bide__line_text(line, " bytes (bide_generator_new_with)");
}

/* Let it run; false: it waits, and the task must be suspended. */
static bool generator_step(bide_generator *g) {
    bool ended = g->is_async ? generator_run_in_task(g) : generator_run_alone(g);
    if (ended) generator_end(g);
    return ended || g->yielded;
}

/* Let it run until it yields or ends. */
static CORO_LEAF int generator_drive(bide_generator *g) {
    if (coro_rewinding()) {
        coro_rewound();
        g = bide__current->drives;
    } else bide__current->drives = g;
    while (!generator_step(g))
        if (coro_suspend(&bide__resumed()->coro)) return 0;
    bide__current->drives = NULL;
    return 0;
}

/* What bide_yield answers when its generator goes on. */
static int generator_yield_end(bide_generator *g) {
    int code = g->thrown;
    g->thrown = 0;
    if (code != 0) return code;
    bide__value_out(g->sent_to, g->sent);
    g->sent = (bide_value){ .kind = BIDE_NONE };
    return 0;
}

static struct coro *generator_coro(bide_generator *g) { return g->is_async ? &bide__resumed()->coro : &g->coro; }

/* Hand the value over to whoever asked. A code: that is not possible here. */
static int generator_yield_begin(bide_generator *g, bide_value *value, bide_value *sent) {
    BIDE__TEXT(outside, "not called from a generator");
    BIDE__TEXT(in_context, "yield inside of bide_context_run");
    bide__out_none(sent);
    int rc = !g ? BIDE__FAIL(BIDE_ERUNTIME, outside) : value->kind == BIDE_ERROR ? bide__fail_value(value) : 0;
    if (rc == 0 && bide__current->entered != g->asker) rc = BIDE__FAIL(BIDE_ERUNTIME, in_context);
    if (rc != 0) return bide_value_clear(value), rc;
    g->value = *value, g->sent_to = sent, g->yielded = true;
    return 0;
}

CORO_LEAF int bide_yield(bide_value value, bide_value *sent) {
    if (coro_rewinding()) return coro_rewound(), generator_yield_end(bide__current->inside);
    bide_generator *g = bide__current->inside;
    int rc = generator_yield_begin(g, &value, sent);
    if (rc != 0) return rc;
    return coro_suspend(generator_coro(g)) ? 0 : generator_yield_end(g);
}
BIDE__SUSPENDS(bide_yield);

/* ------------------------------------------------------------------ asking */

/* 0 if it can be asked now. */
static int generator_check(bide_generator *g) {
    BIDE__TEXT(executing, "generator already executing");
    BIDE__TEXT(running, "asynchronous generator is already running");
    if (g->state == GENERATOR_RUNNING) return g->is_async ? BIDE__FAIL(BIDE_ERUNTIME, running) : BIDE__FAIL(BIDE_EVALUE, executing);
    if (!g->is_async || g->state == GENERATOR_ENDED) return 0;
    if (!bide__self()) return BIDE_ERUNTIME;
    if (!g->loop) generator_begin_in(g, bide__running);
    return 0;
}

/* The code for whoever asks, by what the function ended with. */
static int generator_outcome(bide_generator *g) {
    BIDE__TEXT(stop, "generator raised StopIteration");
    int rc = g->is_async ? bide__end_with(bide__returned(g->rc)) : bide__check_return(g->rc);
    if (rc == 0) return bide__fail_plain(BIDE_ESTOP);
    if (rc == BIDE_ESTOP) return BIDE__FAIL(BIDE_ERUNTIME, stop);
    return g->is_async ? rc : bide__fail(rc, bide__message_of(&g->coroutine, rc));
}

static int generator_resume(bide_generator *g, bide_value *value) {
    bide_generator_retain(g);
    g->state = GENERATOR_RUNNING, g->yielded = false, g->asker = bide__current->entered;
    bide__drop(generator_drive(g));
    int rc = 0;
    if (g->state == GENERATOR_ENDED) rc = generator_outcome(g);
    else {
        g->state = GENERATOR_SUSPENDED;
        bide__value_out(value, g->value);
    }
    bide_generator_release(g);
    return rc;
}

int bide_generator_send(bide_generator *g, bide_value sent, bide_value *value) {
    BIDE__TEXT(too_early, "can't send a value to a generator that has not begun");
    bide__out_none(value);
    int rc = !g ? bide__null_future() : sent.kind == BIDE_ERROR ? bide__fail_value(&sent) : generator_check(g);
    if (rc == 0 && g->state == GENERATOR_ENDED) rc = bide__fail_plain(BIDE_ESTOP);
    if (rc == 0 && g->state == GENERATOR_NEW && sent.kind != BIDE_NONE) rc = BIDE__FAIL(BIDE_ETYPE, too_early);
    if (rc != 0) return bide_value_clear(&sent), rc;
    g->sent = sent;
    return generator_resume(g, value);
}
BIDE__SUSPENDS(bide_generator_send);

int bide_generator_next(bide_generator *g, bide_value *value) {
    return bide_generator_send(g, (bide_value){ .kind = BIDE_NONE }, value);
}
BIDE__SUSPENDS(bide_generator_next);

/* What is thrown into a generator: an ERROR, or a code with a message. */
typedef struct { const bide_value *error; int code; const char *message; } generator_thrown;

/* Note it in the coroutine that is to meet it. */
static int generator_note(generator_thrown it) {
    if (it.error) return bide__fail_value(it.error);
    return it.message ? bide_raise(it.code, "%s", it.message) : bide__fail_plain(bide__is_code(it.code) ? it.code : BIDE_EVALUE);
}

static void generator_throw_into(bide_generator *g, generator_thrown it) {
    bide__coroutine *outer = bide__current;
    if (!g->is_async) bide__current = &g->coroutine;
    g->thrown = generator_note(it);
    bide__current = outer;
}

static int generator_throw(bide_generator *g, generator_thrown it, bide_value *value) {
    bide__out_none(value);
    int rc = g ? generator_check(g) : bide__null_future();
    if (rc != 0) return rc;
    if (g->state == GENERATOR_ENDED && g->is_async) return bide__fail_plain(BIDE_ESTOP);
    if (g->state != GENERATOR_SUSPENDED) return generator_end(g), generator_note(it);
    generator_throw_into(g, it);
    return generator_resume(g, value);
}

int bide_generator_throw(bide_generator *g, int code, const char *message, bide_value *value) {
    return generator_throw(g, (generator_thrown){ NULL, code, message }, value);
}
BIDE__SUSPENDS(bide_generator_throw);

int bide__generator_throw(bide_generator *g, const bide_value *error, bide_value *value) {
    return generator_throw(g, (generator_thrown){ .error = error }, value);
}
BIDE__SUSPENDS(bide__generator_throw);

int bide_generator_close(bide_generator *g) {
    BIDE__TEXT(ignored, "generator ignored GeneratorExit");
    if (!g) return bide__null_future();
    if (g->state == GENERATOR_NEW) generator_end(g);
    if (g->state == GENERATOR_ENDED) return 0;
    int rc = generator_check(g);
    if (rc != 0) return rc;
    generator_throw_into(g, (generator_thrown){ .code = BIDE_EEXIT });
    rc = generator_resume(g, NULL);
    if (rc == 0) return BIDE__FAIL(BIDE_ERUNTIME, ignored);
    return rc == BIDE_EEXIT || (rc == BIDE_ESTOP && g->rc == 0) ? 0 : rc;
}
BIDE__SUSPENDS(bide_generator_close);

/* ------------------------------------------------------------------ closing those that are left */

static int generator_close_fn(void *arg) { return bide_generator_close(arg); }

static void generator_release_at_end(bide_task *t, bide__deferred *d) {
    bide_generator *g = (bide_generator *)((char *)d - offsetof(bide_generator, release));
    (void)t;
    g->closing = NULL;
    bide_generator_release(g);
}

/* A task that closes the generator, and takes a reference to it; NULL: no memory, and the reference is still the caller's. */
static bide_task *generator_closing_task(bide_loop *loop, bide_generator *g) {
    bide_task *t = bide__task_new(loop, NULL, generator_close_fn, g);
    if (!t) return NULL;
    g->closing = t;
    g->release.run = generator_release_at_end;
    bide__defer(bide__task_of(t), &g->release);
    return t;
}

/* A reference to a generator that no task closes yet. If nobody has one, it is the one that the loop or the queue held. */
static bide_generator *generator_take(bide_generator *g) {
    if (!g->orphan && !g->closer.next) g->refs++;
    g->orphan = false;
    bide__list_remove(&g->closer);
    return g;
}

static size_t generators_count(const bide_loop *loop) {
    size_t n = 0;
    for (bide__node *l = loop->generators.next; l != &loop->generators; l = l->next) n++;
    return n;
}

/* Put a task that closes it into `tasks` for each generator that is left. Answers how many; fewer than there are: no memory. */
static size_t generators_start(bide_loop *loop, bide_task **tasks, size_t room) {
    size_t n = 0;
    for (bide__node *l = loop->generators.next; l != &loop->generators && n < room; l = l->next) {
        bide_generator *g = generator_by_link(l);
        tasks[n] = g->closing ? bide_retain(g->closing) : generator_closing_task(loop, generator_take(g));
        if (!tasks[n]) return bide_generator_release(g), n;
        n++;
    }
    return n;
}

static void generator_report(bide_loop *loop, int rc) {
    if (rc == 0 || rc == BIDE_ECANCELED) return;
    bide_value error = bide_last_error_value();
    bide__loop_error(loop, "an error occurred during closing of asynchronous generator", &error, NULL, NULL);
    bide_value_clear(&error);
}

static int generator_close_taken(bide_generator *g) {
    const int rc = bide_generator_close(g);
    bide_generator_release(g);
    return rc;
}

/* Without memory for all tasks at once, close one after the other. */
static int generators_close_in_turn(bide_loop *loop) {
    for (size_t n = generators_count(loop); n > 0 && !bide__list_empty(&loop->generators); n--) {
        bide_generator *g = bide_generator_retain(generator_by_link(loop->generators.next));
        generator_report(loop, g->closing ? bide_await(g->closing, NULL) : generator_close_taken(generator_take(g)));
        generator_leave_loop(g);
        bide_generator_release(g);
    }
    return 0;
}

int bide__generators_close_all(void *arg) {
    bide_loop *loop = arg;
    size_t room = generators_count(loop);
    bide_task **tasks = bide__alloc(room * sizeof *tasks);
    size_t n = tasks ? generators_start(loop, tasks, room) : 0;
    for (size_t i = 0; i < n; i++) generator_report(loop, bide_join(tasks[i], NULL));
    if (tasks) bide__free(tasks, room * sizeof *tasks);
    return n < room ? generators_close_in_turn(loop) : 0;
}
BIDE__SUSPENDS(bide__generators_close_all);

int bide__generators_close(bide_loop *loop) {
    return bide__list_empty(&loop->generators) ? 0 : bide__run_call(loop, bide__generators_close_all, loop, NULL);
}

CORO_LEAF int bide_loop_shutdown_asyncgens(bide_loop *loop) {
    if (coro_rewinding()) return coro_rewound(), bide__run_go_on(bide__run_outcome);
    loop = bide__loop(loop);
    if (!loop) return BIDE_ERUNTIME;
    if (bide__list_empty(&loop->generators)) return 0;
    int rc = bide__run_check(loop);
    return rc == 0 ? bide__run_go_on(bide__generators_close(loop)) : rc;
}
BIDE__RUNS(bide_loop_shutdown_asyncgens);
