/* dump.c -- the tree of tasks, on stderr.
 *
 *     bide: 4 tasks at 2.500 s:
 *       Task-1 waits for the tasks of a group (0.500 s, stack 208 of 16384 bytes)
 *         Task-2 waits for Task-4 (0.500 s, stack 176 of 16384 bytes)
 *           Task-4 waits for an event (0.500 s, stack 160 of 16384 bytes)
 *         Task-3 waits for Task-4 (0.500 s, stack 176 of 16384 bytes)
 *           Task-4, see above
 *
 * Below a task stand the tasks that it waits for, also by way of gathers, shields
 * and groups. First come the trees of tasks that nobody waits for, then the tasks
 * that would have stood too deep in them. The tasks that are left wait in a ring,
 * which is cut at the oldest of them.
 *
 * The caller may be out of memory and have a small stack. So nothing is allocated,
 * and the line is static.
 *
 * asyncio keeps a set of awaiters with each future, which costs at every wait. Here
 * the callbacks of a future are looked at when somebody asks. A node among them is
 * a task's step, or belongs to one of the files that dump_waiters names. These are
 * referred to weakly, so that a program carries none of them for the dump's sake.
 * Finding the children of one task means going through all tasks, so only the first
 * DUMP_TREES lines are nested.
 *
 * Prior art: asyncio's print_call_graph (awaited by), pstree (downwards). */
#include "insight/dump.h"

#include "io/reader.h"
#include "task/report.h"
#include "task/waiter.h"

enum { DUMP_DEEPEST = 16, DUMP_TREES = 1000, DUMP_FUTURES = 4 };

static bide__line dump_line;
static int dump_lines;

volatile bool bide__dump_wanted;

/* ------------------------------------------------------------------ who waits for whom */

static bide__waiter_of *const dump_waiters[] = {
    bide__gather_waiter, bide__shield_waiter, bide__wait_waiter, bide__wait_for_waiter, bide__task_group_waiter, bide__as_completed_waiter,
};

/* The task or future that waits by way of the callback `n`, which is no step; NULL: nobody does. */
static bide_future *dump_waiter(const bide__node *n) {
    for (size_t i = 0; i < sizeof dump_waiters / sizeof *dump_waiters; i++) {
        bide_future *f = dump_waiters[i] ? dump_waiters[i](n) : NULL;
        if (f) return f;
    }
    return NULL;
}

/* Whether a task that was not printed yet waits for `f`, also by way of other futures. */
static bool dump_is_awaited(const bide_future *f, int levels) {
    for (bide__node *n = bide__callbacks(f)->next; n != bide__callbacks(f); n = n->next) {
        const bide_future *w = n->type == &bide__step_type ? &bide__task_of_node(n)->future : dump_waiter(n);
        if (!w) continue;
        if (bide__is_task(w) ? !w->marked : levels > 0 && dump_is_awaited(w, levels - 1)) return true;
    }
    return false;
}

/* Whether `t` waits for `f` by way of one of dump_waiters. */
static bool dump_is_watched_by(const bide_future *f, const bide__task *t, int levels) {
    for (const bide__node *n = bide__callbacks(f)->next; n != bide__callbacks(f); n = n->next) {
        const bide_future *w = n->type == &bide__step_type ? NULL : dump_waiter(n);
        if (w == &t->future) return true;
        if (w && !bide__is_task(w) && levels > 0 && dump_is_watched_by(w, t, levels - 1)) return true;
    }
    return false;
}

static bool dump_gather_child(const bide_future *f, size_t i, bide_future **child) {
    return BIDE__HAS(bide__gather_child) && bide__gather_child(f, i, child);
}

static bide_future *dump_shield_inner(const bide_future *f) { return BIDE__HAS(bide__shield_inner) ? bide__shield_inner(f) : NULL; }

/* ------------------------------------------------------------------ a line */

static void dump_seconds(double seconds) {
    bide__line_decimal(&dump_line, seconds);
    bide__line_text(&dump_line, " s");
}

static void dump_count(size_t n, const char *noun) {
    bide__line_number(&dump_line, (long)n);
    bide__line_text(&dump_line, noun);
    if (n != 1) bide__line_text(&dump_line, "s");
}

static void dump_gather(bide__line *l, const bide_future *g) {
    size_t n = 0, done = 0;
    for (bide_future *f; dump_gather_child(g, n, &f); n++) done += bide_future_done(f);
    bide__line_text(l, "a gather of ");
    bide__line_number(l, (long)n);
    if (done == 0) return;
    bide__line_text(l, ", ");
    bide__line_number(l, (long)done);
    bide__line_text(l, " done");
}

static void dump_awaited(bide__line *l, const bide_future *f) {
    bide_future *any, *inner = dump_shield_inner(f);
    if (dump_gather_child(f, 0, &any)) dump_gather(l, f);
    else if (inner) bide__line_text(l, "a shield of "), bide__line_task(l, inner);
    else bide__line_task(l, f);
}

/* Whether it waits for something, not just for its turn. */
static bool dump_waits(const bide__task *t) { return t->waiter == BIDE__WAITER_PENDING || (t->awaits && !bide__done(t->awaits)); }

void bide__line_state(bide__line *l, const bide__task *t) {
    if (&t->future == bide__current->task) {
        bide__line_text(l, " runs");
        return;
    }
    bide__line_text(l, " waits for ");
    if (t->waiter == BIDE__WAITER_PENDING) bide__line_text(l, t->waits_for);
    else if (dump_waits(t)) dump_awaited(l, t->awaits);
    else bide__line_text(l, coro_started(&t->coro) ? "its next step" : "its first step");
}

static void dump_figures(const bide__task *t) {
    uint32_t now = bide__milliseconds(t->future.loop->now);
    bide__line_text(&dump_line, " (");
    if (dump_waits(t)) dump_seconds((double)(now - t->since) / 1e3), bide__line_text(&dump_line, ", ");
    bide__line_text(&dump_line, "stack ");
    bide__line_number(&dump_line, (long)bide_task_stack_used(&t->future));
    bide__line_text(&dump_line, " of ");
    bide__line_number(&dump_line, (long)coro_size(&t->coro));
    bide__line_text(&dump_line, t->cancelling > 0 ? " bytes, cancelled)" : " bytes)");
}

static void dump_begin_line(const bide__task *t, int depth) {
    dump_lines++;
    dump_line.size = 0;
    for (int i = 0; i <= depth; i++) bide__line_text(&dump_line, "  ");
    bide__line_task(&dump_line, &t->future);
}

static void dump_task(bide__task *t, int depth) {
    t->future.marked = true;
    dump_begin_line(t, depth);
    bide__line_state(&dump_line, t);
    if (bide__debugging(t->future.loop) && dump_waits(t)) bide__debug_line_wait(&dump_line, t);
    dump_figures(t);
    bide__line_end(&dump_line);
}

/* ------------------------------------------------------------------ the tree */

static void dump_tree(bide__task *t, int depth);

/* The trees below a task that awaits `f`, by way of at most DUMP_FUTURES other futures. */
static void dump_tree_of_awaited(bide_future *f, int depth, int levels) {
    bide_future *inner = dump_shield_inner(f);
    if (bide__is_task(f) && !bide__done(f)) dump_tree(bide__task_of(f), depth);
    if (levels == 0) return;
    if (inner) dump_tree_of_awaited(inner, depth, levels - 1);
    for (size_t i = 0; dump_gather_child(f, i, &inner); i++)
        if (inner) dump_tree_of_awaited(inner, depth, levels - 1);
}

/* What would stand too deep gets a tree of its own, later. */
static void dump_tree(bide__task *t, int depth) {
    if (depth > DUMP_DEEPEST) return;
    if (t->future.marked) {
        dump_begin_line(t, depth);
        bide__line_text(&dump_line, ", see above");
        bide__line_end(&dump_line);
        return;
    }
    dump_task(t, depth);
    if (dump_lines >= DUMP_TREES) return;
    if (t->awaits) dump_tree_of_awaited(t->awaits, depth + 1, DUMP_FUTURES);
    const bide__node *tasks = &t->future.loop->tasks;
    for (bide__node *l = tasks->next; l != tasks; l = l->next)
        if (dump_is_watched_by(bide__future_by_link(l), t, DUMP_DEEPEST)) dump_tree(bide__task_by_link(l), depth + 1);
}

/* The trees of tasks that were not printed yet: of all, or of those that nobody waits for. */
static void dump_trees(bide_loop *loop, bool all) {
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) {
        bide__task *t = bide__task_by_link(l);
        if (!t->future.marked && (all || !dump_is_awaited(&t->future, DUMP_DEEPEST))) dump_tree(t, 0);
    }
}

void bide__dump_tasks(bide_loop *loop) {
    dump_lines = 0;
    bide__loop_now(loop);
    for (int before = -1; before < dump_lines && dump_lines < DUMP_TREES;) {
        before = dump_lines;
        dump_trees(loop, false);
    }
    dump_trees(loop, true);
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) bide__task_by_link(l)->future.marked = false;
}

/* ------------------------------------------------------------------ the whole */

static void dump_head(bide_loop *loop) {
    size_t n = bide_all_tasks(loop, NULL, 0);
    dump_line.size = 0;
    bide__line_text(&dump_line, "bide: ");
    dump_count(n, " task");
    bide__line_text(&dump_line, " at ");
    dump_seconds(bide__loop_now(loop) - loop->began);
    bide__line_text(&dump_line, n > 0 ? ":" : "");
    bide__line_end(&dump_line);
}

static size_t dump_callbacks_in(const bide__node *list) {
    size_t n = 0;
    for (const bide__node *l = list->next; l != list; l = l->next) n += l->type != &bide__step_type;
    return n;
}

static void dump_part(size_t n, const char *noun) {
    if (n == 0) return;
    bide__line_text(&dump_line, dump_line.size > 0 ? ", " : "  ");
    dump_count(n, noun);
}

/* What else keeps the loop going. */
static void dump_rest(const bide_loop *loop) {
    size_t readers = 0;
    for (const bide__reader *r = loop->readers; r; r = r->next) readers++;
    dump_line.size = 0;
    dump_part(dump_callbacks_in(&loop->ready) + dump_callbacks_in(&loop->batch), " ready callback");
    dump_part(loop->timers.count, " timer");
    if (loop->timers.count > 0) {
        bide__line_text(&dump_line, " (the next in ");
        dump_seconds(bide__timers_next(&loop->timers) - loop->now);
        bide__line_text(&dump_line, ")");
    }
    dump_part(readers, " reader");
    dump_part(loop->host_operations, " promise");
    if (dump_line.size > 0) bide__line_end(&dump_line);
}

void bide_dump(bide_loop *loop) {
    loop = bide__loop(loop);
    if (!loop) {
        dump_line.size = 0;
        bide__line_text(&dump_line, "bide: no event loop runs");
        bide__line_end(&dump_line);
        return;
    }
    dump_head(loop);
    bide__dump_tasks(loop);
    dump_rest(loop);
}

/* Hosts call it when a key or a signal asked for it. */
void bide__dump_running(void) {
    bide__dump_wanted = false;
    bide_dump(bide__running);
}
