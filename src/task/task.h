/* task.h -- tasks: their struct and their life (task.c). What they wait with is in waiter.h. */
#ifndef BIDE_TASK_H
#define BIDE_TASK_H

#include "coro.h"
#include "task/future.h"

/* A task's private waiter: what sleep, event, lock and the like wait for.
 *   NONE -> PENDING        bide__waiter_begin
 *   PENDING -> DONE        bide__wake
 *   PENDING -> CANCELLED   bide_task_cancel
 *   DONE, CANCELLED -> NONE  bide__waiter_end, when the task runs again */
typedef enum { BIDE__NO_WAITER, BIDE__WAITER_PENDING, BIDE__WAITER_DONE, BIDE__WAITER_CANCELLED } bide__waiter_state;

/* A cancel request that was not delivered yet. */
typedef enum {
    BIDE__CANCEL_NONE,
    BIDE__CANCEL_DUE,             /* the next wait delivers it */
    BIDE__CANCEL_TOLD,            /* a wait of libc's has ended early for it; the next that can answer BIDE_ECANCELED delivers it */
    BIDE__CANCEL_MET              /* a guard's exit has met it; so does whatever ends or waits next, though it has another code */
} bide__cancel_due;

/* A place in a caller-owned queue of waiting tasks. */
struct bide__waiter { struct bide__waiter *next, *prev; };

/* What is to be called at a task's end (defer.c). */
typedef struct bide__deferred {
    struct bide__deferred *next;  /* deferred before this one */
    void (*run)(bide_task *t, struct bide__deferred *d);   /* may free itself */
} bide__deferred;

/* In WebAssembly a task has three lines of the cache. With many tasks a switch is mostly waiting for memory, so
 * what every switch needs stands in the last line. Behind it is coro's place, if its stack wants one:
 *
 *     0        56                  128                                     192
 *     | future | name … coroutine  | coroutine.task, timer, coro … flags | near |
 */
struct bide__task {
    bide_future future;           /* first: a task is a future */
    union {
        uint32_t number;          /* gives the name, until somebody asks for it or sets one; see bide__task_is_call */
        char *name;               /* valid if is_named */
    };
    bide__deferred *deferred;     /* newest first */
    int cancelling;
    uint32_t scopes;              /* timeouts and groups that it has entered; each has a reference to it */
    bide_future *awaits;          /* counted; NULL: none */
    bide_value *out;              /* where bide_await puts the result, bide_queue_get the item; the item of a put that waits */
    const char *waits_for;        /* in words, for reports; valid while the waiter is pending */
    uint32_t since;               /* when the wait began, bide__milliseconds; written only if there is a dump to print it */
    struct bide__waiter place;    /* in `queue` */
    bide__coroutine coroutine;    /* its last member is `task` */
    bide__timer timer;            /* its node is the task's one place: next step, a future's callback, a due timer */
    struct coro coro;
    bide_fn *fn;
    void *arg;                    /* if owns_arg, a copy (task_options.c) */
    bide__waiters *queue;         /* NULL: in none */
    void *waits_on;               /* the bide_queue of a put or get that waits */
    uint8_t waiter;               /* bide__waiter_state */
    uint8_t must_cancel;          /* bide__cancel_due */
    bool was_woken;               /* the last private wait was completed, even if a cancellation came after that */
    bool implicit : 1;            /* made by a run call: not reported when it is left pending */
    bool leftover : 1;            /* cancelled at the end of a run */
    bool painted : 1;             /* debug mode looks at what was touched of its stack */
    bool asked : 1;               /* for a promise or a signal of JavaScript; see bide__promises_left */
    bool is_named : 1;
    bool owns_arg : 1;
    bool has_near : 1;
    bool puts : 1;                /* a put waits, so `out` is its item */
    uint32_t near[];              /* of coro; there if has_near */
};

static inline bide__task *bide__task_of(bide_future *f) { return (bide__task *)f; }
/* The task that stands in loop->tasks by this node. */
static inline bide__task *bide__task_by_link(const bide__node *link) { return bide__task_of(bide__future_by_link(link)); }
static inline bide__task *bide__task_of_node(bide__node *n) {
    return (bide__task *)((char *)n - offsetof(bide__task, timer.node));
}

/* ---------------------------------------------------------------- which task runs */

/* Fails for what only a task can do: NULL, with BIDE_ERUNTIME noted. */
bide__task *bide__outside(void);
/* The task that runs; NULL with BIDE_ERUNTIME noted. */
static inline bide__task *bide__self(void) { return bide__current->task ? bide__task_of(bide__current->task) : bide__outside(); }
/* The same after a switch, when there is one for certain. */
static inline bide__task *bide__resumed(void) { return bide__task_of(bide__current->task); }

/* ---------------------------------------------------------------- life */

static inline bool bide__task_is_call(const bide__task *t) { return BIDE__HAS_OUTER(bide__js_run_call) && t->fn == bide__js_run_call; }

/* A task whose first step is queued. With options it is called by bide_task_new alone. */
bide_task *bide__task_new(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg);
/* As bide_create_task makes it: by the loop's factory, if there is one. */
bide_task *bide__task_create(bide_loop *loop, bide_fn *fn, void *arg);
bide_task *bide__task_create_with(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg);

/* Of its type: a request to cancel it; false: it is done. */
bool bide__task_cancel(bide_future *f);

/* A step; a sleep that is over. */
extern const bide__node_type bide__step_type, bide__task_timer_type;
/* Queue the task's next step. */
static inline void bide__task_schedule(bide__task *t) {
    bide__list_remove(&t->timer.node);
    t->timer.node.type = &bide__step_type;
    bide__loop_push(t->future.loop, &t->timer.node);
}

void bide__task_finish(bide__task *t, int rc);    /* its function has returned */
/* Its loop closes while it is pending: end it, but keep its stack, where nodes of other lists may live. */
void bide__task_abandon(bide__task *t);
void bide__task_bury(bide__task *t);              /* give up the stack, and the loop's reference */

/* Have d->run called at the task's end; what calls it comes with this function. */
void bide__defer(bide__task *t, bide__deferred *d);

/* A timeout or group is entered by a task, which it keeps, or left. */
static inline bide_task *bide__scope_enter(bide__task *t) {
    t->scopes++;
    return bide_retain(&t->future);
}
static inline void bide__scope_leave(bide_task *f) {
    if (f) bide__task_of(f)->scopes--;
    bide_release(f);
}

/* Deliver a cancel request that is due to the running task: BIDE_ECANCELED, else 0. */
static inline int bide__take_cancel(bide__task *t) {
    if (!t->must_cancel) return 0;
    t->must_cancel = false;
    return bide__fail_plain(BIDE_ECANCELED);
}

/* What a block, or a function that the library has called, ends with if it would have ended with `code`. A wait in it may
 * have been cancelled where nobody could answer so. */
int bide__deliver_cancel(int code);
static inline int bide__end_with(int code) {
    const bide_task *f = bide__current->task;
    return f && ((const bide__task *)f)->must_cancel > BIDE__CANCEL_DUE ? bide__deliver_cancel(code) : code;
}

#endif
