/* debug.c -- debug mode: reports of what is legal and suspicious, on stderr.
 *
 * The core calls the functions bide__debug_… if this file is linked and the loop is
 * in debug mode; see parts.h. A loop is in debug mode if BIDE_DEBUG=1 stands in the
 * environment when it is made, or by bide_loop_set_debug.
 *
 * bide__debug_batch runs each step and callback on its own, and looks at it
 * afterwards: how long it took, and whether it was suspended where it should not
 * have been. So the functions that suspend have nothing of this in them. */
#include "insight/debug.h"

#include "host.h"
#include "insight/dump.h"
#include "run/run.h"

#include <stdlib.h>
#include <string.h>

enum { DEBUG_SECTIONS = 32 };
#define DEBUG_SLOW 0.1          /* asyncio's slow_callback_duration */

const char bide__debug = 1;

/* The step or callback that runs. */
static struct {
    double began;         /* on the host's own clock, also if the loop's is virtual */
    bide_task *task;      /* counted; NULL: a callback */
    bool is_first;        /* it had not started */
} debug_now;

/* No-switch sections that are open, oldest first. Beyond DEBUG_SECTIONS, a section is not watched. */
static struct { const bide__coroutine *of; const char *file; int number; } debug_sections[DEBUG_SECTIONS];
static int debug_section_count;

bide__line *bide__debug_line(void) {
    static bide__line line;
    line.size = 0;
    bide__line_text(&line, "bide: debug: ");
    return &line;
}

/* ------------------------------------------------------------------ on and off */

static bool debug_wanted(void) {
    const char *value = getenv("BIDE_DEBUG");
    return value && strcmp(value, "1") == 0;
}

bool bide__debug_on(void) { return bide__running ? bide__running->debug : debug_wanted(); }

void bide__debug_new_loop(bide_loop *loop) {
    loop->debug = debug_wanted();
    loop->slow_callback_duration = DEBUG_SLOW;
}

void bide_loop_set_debug(bide_loop *loop, bool on) {
    loop = bide__loop(loop);
    if (loop) loop->debug = on;
}

bool bide_loop_get_debug(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop && loop->debug;
}

void bide_loop_set_slow_callback_duration(bide_loop *loop, double seconds) {
    loop = bide__loop(loop);
    if (loop) loop->slow_callback_duration = seconds;
}

double bide_loop_get_slow_callback_duration(bide_loop *loop) {
    loop = bide__loop(loop);
    return loop ? loop->slow_callback_duration : NAN;
}

/* ------------------------------------------------------------------ steps and callbacks */

/* Go on with the line "Executing Task-2 took 0.150 seconds", which is there up to the name. */
static void debug_line_took(bide__line *line, double seconds) {
    bide__line_text(line, " took ");
    bide__line_decimal(line, seconds);
    bide__line_text(line, " seconds");
}

static bide__line *debug_slow_line(const char *text) {
    bide__line *line = bide__debug_line();
    bide__line_text(line, "Executing ");
    bide__line_text(line, text);
    return line;
}

static void debug_step_begin(const bide_loop *loop) {
    bide__node *n = loop->batch.next;
    bide__task *t = n->type == &bide__step_type ? bide__task_of_node(n) : NULL;
    debug_now.task = t ? bide_retain(&t->future) : NULL;
    debug_now.is_first = t && !coro_started(&t->coro);
    if (debug_now.is_first) bide__debug_begins(t);
    bide__last_call = (bide__call_place){ .name = NULL };
    debug_now.began = bide__host_now();
}

void bide__debug_callback(bide_loop *loop, const bide_future *f, const bide_handle *h) {
    double took = bide__host_now() - debug_now.began;
    if (!(took >= loop->slow_callback_duration)) return;
    bide__line *line = debug_slow_line(f ? "a done callback of " : "a callback");
    if (f) bide__line_task(line, f);
    bide__line_created(line, " ", f ? (const void *)f : h);
    debug_line_took(line, took);
    bide__line_end(line);
}

/* " from bide_sleep at app.c:12", if that is known. */
static void debug_line_call(bide__line *line, const char *before, bide__call_place call) {
    if (!call.name) return;
    bide__line_text(line, before);
    bide__line_text(line, call.name);
    bide__line_at(line, call.file, call.number);
}

/* Between which calls the task has run: ", from bide_sleep at app.c:12 to bide_await at app.c:15". */
static void debug_line_between(bide__line *line, const bide_task *f) {
    const bide__place *p = bide__place_of(f);
    const bide__task *t = (const bide__task *)f;
    bide__line_text(line, ",");
    if (debug_now.is_first) bide__line_text(line, " from its start");
    else if (p) debug_line_call(line, " from ", (bide__call_place){ p->call, p->call_file, p->call_number });
    if (bide__done(f)) bide__line_text(line, " to its end");
    else if (bide__last_call.name) debug_line_call(line, " to ", bide__last_call);
    else bide__line_text(line, " until it"), bide__line_state(line, t);
}

/* Report the sections in which the task was suspended. */
static void debug_check_sections(const bide__task *t) {
    for (int i = 0; i < debug_section_count; i++) {
        if (debug_sections[i].of != &t->coroutine) continue;
        bide__line *line = bide__debug_line();
        bide__line_waiting(line, t);
        bide__line_text(line, " inside a no-switch section that began");
        bide__line_at(line, debug_sections[i].file, debug_sections[i].number);
        bide__line_end(line);
    }
}

void bide__debug_suspended(bide__task *t) {
    bide__place_set_wait(t);
    debug_check_sections(t);
    bide__frames_suspended(t);
}

/* What there is to say about a step that has run. */
static void debug_look_at_step(const bide_loop *loop, const bide_task *f, double took) {
    if (took >= loop->slow_callback_duration) {
        bide__line *line = debug_slow_line("");
        bide__line_task(line, f);
        bide__line_created(line, " ", f);
        debug_line_took(line, took);
        debug_line_between(line, f);
        bide__line_end(line);
    }
    if (!bide__done(f)) bide__debug_suspended((bide__task *)f);
}

static void debug_step_end(const bide_loop *loop) {
    const double took = bide__host_now() - debug_now.began;
    bide_task *f = debug_now.task;
    debug_now.task = NULL, debug_now.began = NAN;
    if (f && loop->debug) debug_look_at_step(loop, f, took);
    bide_release(f);
}

static void debug_run_front(bide_loop *loop) {
    debug_step_begin(loop);
    bide__frames_batch(__builtin_frame_address(0));
    bide__loop_run_front(loop);
    bide__frames_batch(NULL);
    debug_step_end(loop);
}

bool bide__debug_batch(bide_loop *loop, double deadline) {
    while (!bide__list_empty(&loop->batch)) {
        debug_run_front(loop);
        const double time = bide__host_now();
        if (!loop->virtual_time) loop->now = time;
        if (time >= deadline) return false;
    }
    return true;
}

/* ------------------------------------------------------------------ no-switch sections */

/* A section is 1 when its block is new, 2 in it, 3 behind it. break leaves it at 2. */
int bide__no_switch_next(const int *section, const char *place) {
    if (*section == 2) bide__debug_break(place);
    return *section == 1;
}

int bide__no_switch_begin(const char *file, int number) {
    if (bide__debug_on() && debug_section_count < DEBUG_SECTIONS) {
        debug_sections[debug_section_count].of = bide__current;
        debug_sections[debug_section_count].file = file, debug_sections[debug_section_count++].number = number;
    }
    return 1;
}

static void debug_close_section(int i) {
    for (debug_section_count--; i < debug_section_count; i++) debug_sections[i] = debug_sections[i + 1];
}

/* Close the newest section of the coroutine that runs. There is none if debug mode came on inside of it. */
void bide__no_switch_end(const int *section) {
    (void)section;
    for (int i = debug_section_count - 1; i >= 0; i--)
        if (debug_sections[i].of == bide__current) {
            debug_close_section(i);
            return;
        }
}

/* If a task was freed whose sections are open, they are closed. */
static void debug_forget_sections(const void *freed) {
    for (int i = debug_section_count - 1; i >= 0; i--)
        if ((uintptr_t)debug_sections[i].of - (uintptr_t)freed < sizeof(bide__task)) debug_close_section(i);
}

/* ------------------------------------------------------------------ other moments */

void bide__debug_freed(const void *object) {
    bide__frames_forget(object);
    bide__place_remove(object);
    debug_forget_sections(object);
}

/* While a task is in a generator, it has that one's stack, which is not painted. */
void bide__debug_measure(bide__task *t) {
    if (t->painted && !t->coroutine.inside) coro_measure(&t->coro);
}

void bide__debug_ended(bide__task *t) {
    bide__frames_ended(t);
    bide__debug_measure(t);
}

void bide__debug_generator_ended(const bide_generator *g) {
    bide__frames_generator_ended(g);
    bide__place_remove(g);
}

void bide__debug_promise_left(const bide__task *t, const char *import) {
    bide__line *line = bide__debug_line();
    bide__line_task(line, &t->future);
    bide__line_created(line, ", ", t);
    bide__line_text(line, ", has ended, and nobody awaited or dropped a promise of ");
    bide__line_text(line, import);
    bide__line_text(line, "() that it asked for");
    bide__line_end(line);
}

void bide__debug_idle(bide_loop *loop) { bide__check_loop(loop); }

void bide__debug_report_created(const void *object) {
    bide__line *line = bide__debug_line();
    line->size = 0;               /* the line belongs to the report before it, so it has no head of its own */
    bide__line_created(line, "", object);
    if (line->size > 0) bide__line_end(line);
}

/* The main task has ended: report the tasks that have not. */
void bide__debug_left(bide_loop *loop) {
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) {
        bide__task *t = bide__task_by_link(l);
        bide__line *line = bide__debug_line();
        bide__line_text(line, "left when the main task ended: ");
        bide__line_waiting(line, t);
        bide__line_created(line, ", ", t);
        bide__line_end(line);
    }
}

/* The loop is over: report the futures to which somebody still has references. */
void bide__debug_forgotten(const bide_loop *loop) {
    for (bide__place *p = bide__place_next(NULL); p; p = bide__place_next(p)) {
        const bide_future *f = p->object;
        if (p->kind != BIDE__GIVEN_FUTURE || f->loop != loop) continue;
        bide__line *line = bide__debug_line();
        bide__line_text(line, "never released: ");
        bide__line_task(line, f);
        bide__line_created(line, ", ", f);
        bide__line_end(line);
    }
}

/* Nobody calls it, so the linker drops it. */
void bide__debug_bring_parts(void);
void bide__debug_bring_parts(void) { bide__debug_bring_values(); }

bide__call_place bide__debug_call(void) {
    const bide__task *t = bide__task_of(bide_current_task());
    const bide__place *p = t && !bide__last_call.name ? bide__place_of(t) : NULL;
    return p ? (bide__call_place){ p->call, p->call_file, p->call_number } : bide__last_call;
}

void bide__debug_misplaced(const char *why) {
    const bide__call_place call = bide__debug_call();
    if (!bide__debug_on()) return;
    bide__line *line = bide__debug_line();
    if (call.name) {
        bide__line_text(line, call.name);
        bide__line_at(line, call.file, call.number);
    } else bide__line_text(line, "a call");
    bide__line_text(line, " in ");
    bide__line_who(line, bide__current);
    bide__line_text(line, ": ");
    bide__line_text(line, why);
    bide__line_end(line);
}

void bide__debug_run_call(void) {
    bide__frames_run_call();
    if (bide__running) bide__debug_misplaced("a run call while a loop runs, which is refused");
}
