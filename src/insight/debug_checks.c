/* debug_checks.c -- objects that were moved, freed or overwritten while a task waits for them, or a timer is in them.
 *
 * A caller-owned object points at the oldest and the newest task that waits in it,
 * and each of these points at its neighbours and at the object. The tasks are alive,
 * so the checks follow the chain through them. They compare the object's two
 * pointers and never follow them. The object, and what holds a timer, may be
 * anywhere by now: they are read only if there is memory at their address. */
#include "insight/debug.h"

#include "task/waiter.h"

/* The sanitizers would report the very mistakes that these functions look for. */
#define CHECK_UNCHECKED __attribute__((noinline, no_sanitize("address", "undefined")))

/* ------------------------------------------------------------------ queues of waiting tasks */

CHECK_UNCHECKED static bool check_ends_are(const bide__waiters *ws, const struct bide__waiter *first, const struct bide__waiter *last) {
    return (uintptr_t)ws % _Alignof(bide__waiters) == 0 && bide__readable(ws, sizeof *ws) && (!first || ws->first == first) && (!last || ws->last == last);
}

/* Whether neighbours and object still know of `t`. */
static bool check_is_in_place(const bide__task *t) {
    const struct bide__waiter *w = &t->place;
    if (w->prev && w->prev->next != w) return false;
    if (w->next && w->next->prev != w) return false;
    return check_ends_are(t->queue, w->prev ? NULL : w, w->next ? NULL : w);
}

void bide__line_queued(bide__line *line, const bide__task *t) {
    bide__line_task(line, &t->future);
    bide__line_text(line, " waits for ");
    bide__line_text(line, t->waits_for);
    bide__debug_line_wait(line, t);
}

static void check_report_waiter(const bide__task *t) {
    bide__place *p = bide__place_add(t);
    if (p && p->reported) return;
    if (p) p->reported = true;
    bide__line *line = bide__debug_line();
    bide__line_queued(line, t);
    bide__line_text(line, ", which was moved, freed or overwritten meanwhile");
    bide__line_end(line);
}

/* `t` is about to leave its queue. False: the object must not be touched, so only its neighbours forget it. */
bool bide__debug_may_leave(bide__task *t) {
    if (!t->future.loop->debug || check_is_in_place(t)) return true;
    check_report_waiter(t);
    if (t->place.prev) t->place.prev->next = t->place.next;
    if (t->place.next) t->place.next->prev = t->place.prev;
    return false;
}

/* The task whose place is `w`, which may be any pointer; NULL: there is none. */
static const bide__task *check_task_with_place(const bide_loop *loop, const struct bide__waiter *w) {
    const bide__task *candidate = bide__task_of_place(w);
    const bide__place *p = bide__place_of(candidate);
    if (p) return p->kind == BIDE__GIVEN_FUTURE && bide__is_task(&candidate->future) ? candidate : NULL;
    const bide__node *tasks = &loop->tasks;        /* a task that was made before debug mode came on has no entry */
    for (const bide__node *l = tasks->next; l != tasks; l = l->next)
        if (bide__task_by_link(l) == candidate) return candidate;
    return NULL;
}

/* Tasks that wait in `ws` are about to be woken, or joined. If they do not wait there, `ws` is garbage, or a
 * copy of where they wait: it is emptied. */
void bide__debug_check_waiters(bide__waiters *ws) {
    if (!bide__running || !bide__running->debug) return;
    const bide__task *t = check_task_with_place(bide__running, ws->first);
    if (t && t->queue == ws) return;
    bide__line *line = bide__debug_line();
    if (t && t->queue) bide__line_queued(line, t), bide__line_text(line, ", which was moved meanwhile: it can't be woken");
    else bide__line_text(line, "an object that tasks wait for was overwritten or not initialised");
    bide__line_end(line);
    ws->first = ws->last = NULL;
}

/* ------------------------------------------------------------------ timers */

CHECK_UNCHECKED static bool check_timer_is_at(const bide__timer *t, uint32_t place) {
    return (uintptr_t)t % _Alignof(bide__timer) == 0 && bide__readable(t, sizeof *t) && t->place == place;
}

static void check_report_timer(const bide_loop *loop, const bide__timer *t) {
    const bide__task *owner = bide__frames_owner(loop, t);
    bide__line *line = bide__debug_line();
    bide__line_text(line, "a timeout ");
    if (owner) bide__line_text(line, "in the stack of "), bide__line_task(line, &owner->future), bide__line_text(line, " ");
    bide__line_text(line, "was moved, freed or overwritten before its exit");
    bide__line_end(line);
}

/* `t` is about to leave the heap. False: that would harm the heap. */
bool bide__debug_timer_may_leave(const bide__timers *ts, const bide__timer *t) {
    const uint32_t i = t->place - 1;
    if (i < ts->count && ts->heap[i].timer == t) return true;
    if (bide__debug_on()) check_report_timer(bide__running, t);
    return i < ts->count;
}

void bide__check_drop_timer(bide__timers *ts, uint32_t i) {
    static bide__timer stand_in;
    ts->heap[i].timer = &stand_in;
    stand_in.place = i + 1;
    bide__timers_remove(ts, &stand_in);
}

/* Take broken timers out. When it is due, such a timer would call whatever stands at its address. */
static void check_timers(bide_loop *loop) {
    for (uint32_t i = 0; i < loop->timers.count;) {
        const bide__timer *t = loop->timers.heap[i].timer;
        if (check_timer_is_at(t, i + 1)) i++;
        else check_report_timer(loop, t), bide__check_drop_timer(&loop->timers, i);
    }
}

void bide__check_loop(bide_loop *loop) {
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next)
        if (bide__task_by_link(l)->queue && !check_is_in_place(bide__task_by_link(l))) check_report_waiter(bide__task_by_link(l));
    check_timers(loop);
}
