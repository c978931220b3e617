/* task_group.c -- tasks that end together.
 *
 * When a child fails, the group keeps its error, and cancels the other children and
 * the parent. The exit waits for all children, and takes back that request to the
 * parent. Requests that others made stay counted, and come out unless there are
 * errors.
 *
 * The task that exits waits by its private waiter, again after each cancellation.
 * It is the parent, unless the group is a generator's and another task closes the
 * generator. So the group keeps a reference to the parent. */
#include "loop/error_group.h"
#include "task/report.h"
#include "task/waiter.h"

typedef struct { bide__node node; bide__node link; bide_task_group *group; bide_task *task; } group_child;

static group_child *group_child_by_link(bide__node *n) { return (group_child *)((char *)n - offsetof(group_child, link)); }
static bool group_has_children(const bide_task_group *g) { return !bide__list_empty(&g->head); }

static void group_abort(bide_task_group *g) {
    g->aborting = true;
    for (bide__node *n = g->head.next; n != &g->head; n = n->next) bide_task_cancel(group_child_by_link(n)->task);
}

/* Keep an error, which is taken. Without memory for it, the exception handler is told. */
static void group_keep_error(bide_task_group *g, bide_value error) {
    if (g->error_count == g->error_room) {
        size_t room = g->error_room ? g->error_room * 2 : 4;
        bide_value *errors = bide__resize(g->errors, g->error_room * sizeof error, room * sizeof error);
        if (!errors) {
            bide__loop_error(g->parent->loop, "no memory to keep the error of a task group", &error, NULL, NULL);
            bide_value_clear(&error);
            return;
        }
        g->errors = errors, g->error_room = room;
    }
    g->errors[g->error_count++] = error;
}

static void group_child_failed(bide_task_group *g, bide_task *t) {
    bide__future_retrieved(t);
    group_keep_error(g, bide_value_copy(t->value));
    if (g->aborting || g->parent_cancel_requested) return;
    group_abort(g);
    g->parent_cancel_requested = true;
    bide_task_cancel(g->parent);
}

static void group_release_parent(bide_task_group *g) {
    bide__scope_leave(g->parent);
    g->parent = NULL;
}

static void group_child_done(bide__node *n) {
    group_child *c = (group_child *)n;
    bide_task_group *g = c->group;
    bide__list_remove(&c->link);
    if (g->waiting && !group_has_children(g)) bide__wake(bide__task_of(g->waiting));
    if (c->task->state == BIDE__FINISHED && c->task->value.kind == BIDE_ERROR) group_child_failed(g, c->task);
    bide_release(c->task);
    bide__free(c, sizeof *c);
}

/* The loop closes: the exit will never come. */
static void group_child_dropped(bide__node *n) {
    group_child *c = (group_child *)n;
    bide__list_remove(&c->link);
    if (!group_has_children(c->group)) group_release_parent(c->group);
    bide_release(c->task);
    bide__free(c, sizeof *c);
}

static const bide__node_type group_child_type = { group_child_done, group_child_dropped };

const void *bide__task_group_of(const bide__node *n) { return n->type == &group_child_type ? ((const group_child *)n)->group : NULL; }
bide_future *bide__task_group_waiter(const bide__node *n) { return n->type == &group_child_type ? ((const group_child *)n)->group->parent : NULL; }

int bide_task_group_enter(bide_task_group *g) {
    BIDE__TEXT(again, "TaskGroup has already been entered");
    bide__task *self = bide__self();
    if (!self) return BIDE_ERUNTIME;
    if (g->entered) return BIDE__FAIL(BIDE_ERUNTIME, again);
    bide__met_over(bide__current);
    *g = (bide_task_group){ .parent = bide__scope_enter(self), .entered = true };
    bide__list_init(&g->head);
    if (bide__debugging(self->future.loop)) bide__debug_in_frame(g);
    return 0;
}

static int group_check(const bide_task_group *g) {
    BIDE__TEXT(not_entered, "TaskGroup has not been entered");
    BIDE__TEXT(finished, "TaskGroup is finished");
    BIDE__TEXT(shutting_down, "TaskGroup is shutting down");
    if (!g->entered) return BIDE__FAIL(BIDE_ERUNTIME, not_entered);
    if (g->is_over || !g->parent || (g->exiting && !group_has_children(g))) return BIDE__FAIL(BIDE_ERUNTIME, finished);
    return g->aborting ? BIDE__FAIL(BIDE_ERUNTIME, shutting_down) : 0;
}

bide_task *bide_task_group_create_task_with(bide_task_group *g, const bide_task_options *options, bide_fn *fn, void *arg) {
    if (group_check(g) != 0) return NULL;
    group_child *c = bide__alloc(sizeof *c);
    if (!c) return (void)bide__fail_plain(BIDE_ENOMEM), NULL;
    *c = (group_child){ .node.type = &group_child_type, .group = g };
    c->task = bide__task_create_with(g->parent->loop, options, fn, arg);
    if (!c->task) return bide__free(c, sizeof *c), NULL;
    bide__list_add(&g->head, &c->link);
    bide__future_add_node(c->task, &c->node);
    bide__met_over(bide__current);
    return c->task;
}

bide_task *bide_task_group_create_task(bide_task_group *g, bide_fn *fn, void *arg) {
    return bide_task_group_create_task_with(g, NULL, fn, arg);
}

bide_task *bide_task_group_create_task_copy(bide_task_group *g, bide_fn *fn, const void *args, size_t size) {
    return bide_task_group_create_task_with(g, &(bide_task_options){ .arg_size = size }, fn, (void *)args);
}

/* Wait until no child is left. 0, or BIDE_ECANCELED: the waiting task was cancelled before the group shut down. */
static int group_wait(bide_task_group *g) {
    int cancelled = 0;
    while (group_has_children(g)) {
        g->waiting = bide_current_task();
        int rc = bide__wait(bide__task_of(g->waiting), "the tasks of a group");
        g->waiting = NULL;
        if (rc == 0 || g->aborting) continue;
        cancelled = rc;
        group_abort(g);
    }
    return cancelled;
}

/* Note one BIDE_EGROUP, and move the errors into it as its members. */
static int group_raise(bide_task_group *g) {
    bide__blob *group = bide__group_new("unhandled errors in a TaskGroup", g->error_count);
    for (size_t i = 0; i < g->error_count; i++) {
        if (group) *bide__group_member(group, i) = g->errors[i];
        else bide_value_clear(&g->errors[i]);
    }
    bide__fail(BIDE_EGROUP, group);
    if (group) bide__blob_release(group);
    return BIDE_EGROUP;
}

/* The code that leaves the group, when no child is left. */
static int group_outcome(bide_task_group *g, int code, int cancelled) {
    bide_task *parent = g->parent;
    bool failed = g->error_count > 0 || g->parent_cancel_requested;   /* the second: there was no memory for the error */
    if (g->parent_cancel_requested && bide_task_uncancel(parent) == 0) cancelled = 0;
    if (cancelled && !failed) return cancelled;
    if (code != 0 && code != BIDE_ECANCELED) group_keep_error(g, bide__error_value(code, bide__message_of(bide__current, code))), failed = true;
    if (!failed) return 0;
    if (bide_task_cancelling(parent) > 0) {
        bide_task_uncancel(parent);
        bide_task_cancel(parent);
    }
    return group_raise(g);
}

int bide_task_group_exit(bide_task_group *g, int code) {
    BIDE__TEXT(not_entered, "TaskGroup has not been entered");
    BIDE__TEXT(exiting, "TaskGroup is being exited by another task");
    if (!g->entered || g->is_over) return BIDE__FAIL(BIDE_ERUNTIME, not_entered);
    if (!bide__self()) return BIDE_ERUNTIME;
    if (g->exiting) return BIDE__FAIL(BIDE_ERUNTIME, exiting);
    code = bide__end_with(bide__check_return(code));
    g->exiting = true;
    if (code != 0 && !g->aborting) group_abort(g);
    int cancelled = group_wait(g);
    int rc = group_outcome(g, code, code == BIDE_ECANCELED ? code : cancelled);
    bide__free(g->errors, g->error_room * sizeof *g->errors);
    g->errors = NULL, g->error_count = g->error_room = 0, g->is_over = true;
    group_release_parent(g);
    return rc;
}
BIDE__SUSPENDS(bide_task_group_exit);

int bide__task_group_exit(void *group, int code) { return bide_task_group_exit(group, code); }
BIDE__SUSPENDS(bide__task_group_exit);
