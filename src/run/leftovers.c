/* leftovers.c -- the tasks that are left when a run ends: they are cancelled and waited for, and their errors are told.
 *
 * asyncio gathers them. Here a node for each does the same in as many turns,
 * without carrying gather into programs that do not use it. */
#include "run/run.h"

#include "task/report.h"

typedef struct leftovers leftovers;
typedef struct { bide__node node; leftovers *all; bide_task *task; } leftover;
struct leftovers {
    bide__stopper stopper;          /* queued when the last task has ended */
    size_t count, pending;
    leftover each[];
};

static void leftover_done(bide__node *n) {
    leftovers *all = ((leftover *)n)->all;
    if (--all->pending == 0) bide__loop_push(all->stopper.loop, &all->stopper.node);
}

static void leftover_dropped(bide__node *n) { (void)n; }
static const bide__node_type leftover_type = { leftover_done, leftover_dropped };

static void leftover_report(bide_loop *loop, bide_task *t) {
    if (t->state != BIDE__FINISHED || t->value.kind != BIDE_ERROR) return;
    bide__future_retrieved(t);
    bide__loop_error(loop, "unhandled exception during asyncio.run() shutdown", &t->value, t, NULL);
}

static size_t leftovers_cancel(bide_loop *loop) {
    size_t n = 0;
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next, n++) {
        bide__task_by_link(l)->leftover = true;
        bide_task_cancel(bide__future_by_link(l));
    }
    return n;
}

static void leftovers_watch(leftovers *all, bide_loop *loop, size_t n) {
    *all = (leftovers){ .stopper = { { .type = &bide__stopper_type }, loop }, .count = n, .pending = n };
    bide__node *l = loop->tasks.next;
    for (size_t i = 0; i < n; i++, l = l->next) {
        all->each[i] = (leftover){ { .type = &leftover_type }, all, bide_retain(bide__future_by_link(l)) };
        bide__list_add(bide__callbacks(bide__future_by_link(l)), &all->each[i].node);
    }
}

static void leftovers_unwatch(leftovers *all) {
    bide_loop *loop = all->stopper.loop;
    bide__list_remove(&all->stopper.node);
    for (size_t i = 0; i < all->count; i++) {
        bide__list_remove(&all->each[i].node);
        leftover_report(loop, all->each[i].task);
        bide_release(all->each[i].task);
    }
    bide__free(all, sizeof *all + all->count * sizeof(leftover));
}

/* Those that are waited for. */
static leftovers *leftovers_watched;

static int leftovers_ended(int rc) { return leftovers_unwatch(leftovers_watched), rc; }

/* Without memory to watch them all: wait for each in turn. Tasks made meanwhile stand behind them. */
static bide_loop *leftovers_loop;
static bide_task *leftovers_first;
static int leftovers_wait_for_next(int rc);

static int leftovers_first_ended(int rc) {
    if (rc == 0) leftover_report(leftovers_loop, leftovers_first);
    bide_release(leftovers_first);
    return leftovers_wait_for_next(rc);
}

static int leftovers_wait_for_next(int rc) {
    bide__node *l = leftovers_loop->tasks.next;
    if (rc == BIDE_EDEADLOCK || l == &leftovers_loop->tasks || !bide__task_by_link(l)->leftover) return rc;
    leftovers_first = bide_retain(bide__future_by_link(l));
    bide__run_then(leftovers_first_ended);
    return bide__run_until_done(leftovers_loop, leftovers_first);
}

int bide__loop_cancel_all(bide_loop *loop) {
    size_t n = leftovers_cancel(loop);
    if (n == 0) return 0;
    leftovers *all = bide__alloc(sizeof *all + n * sizeof(leftover));
    leftovers_loop = loop;
    if (!all) return leftovers_wait_for_next(0);
    leftovers_watch(all, loop, n);
    leftovers_watched = all;
    bide__run_then(leftovers_ended);
    return bide__run_until_stopped(loop);
}
