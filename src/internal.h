/* internal.h -- the core's structs and bide__ functions, lowest layer first. */
#ifndef BIDE_INTERNAL_H
#define BIDE_INTERNAL_H

#undef BIDE_DEBUG             /* its macros are for programs */
#include "bide.h"
#include "coro.h"
#include "host.h"

/* ------------------------------------------------------ memory (alloc*.c) */

/* Every allocation of the library comes from here; NULL is handled by each caller.
 * Sizes are given back, so small blocks need no header. A program that defines
 * these three itself replaces them (tests count, and make the nth fail). */
void *bide__alloc(size_t size);
void *bide__resize(void *p, size_t old_size, size_t size);   /* NULL: p is as it was */
void bide__free(void *p, size_t size);

/* --------------------------------------------------- counted contents (value.c) */

/* What BYTES, ERROR and LIST refer to; the contents follow. */
typedef struct bide__blob {
    uint32_t refs;        /* BIDE__STATIC: never freed */
    uint32_t js_error;    /* the host's number of a JavaScript error, 0: none */
    size_t size;          /* of the contents, for bide__free */
    struct bide__blob *members;   /* of an error group: the contents of a list; NULL: none. Counted */
} __attribute__((aligned(8))) bide__blob;

#define BIDE__STATIC UINT32_MAX

bide__blob *bide__blob_new(size_t size);                 /* NULL without memory */
static inline char *bide__blob_data(bide__blob *b) { return (char *)(b + 1); }
static inline bide__blob *bide__blob_of(const void *data) { return (bide__blob *)data - 1; }
bide__blob *bide__blob_retain(bide__blob *b);
void bide__blob_release(bide__blob *b);
void bide__items_release(bide__blob *b);                 /* of a list: every item too, with the last reference */

/* An error group's message, with room for n members, which are NONE (error_group.c); NULL without memory. */
bide__blob *bide__group_new(const char *text, size_t n);
static inline bide_value *bide__group_member(bide__blob *group, size_t i) { return (bide_value *)bide__blob_data(group->members) + i; }

/* A message that needs no memory: BIDE__TEXT(too_late, "the future is done"). */
#define BIDE__TEXT(name, literal) \
    static struct { bide__blob head; char text[sizeof(literal)]; } name = { { BIDE__STATIC, 0, 0, NULL }, literal }

extern struct bide__no_text { bide__blob head; char text[8]; } bide__no_text;

bide_value bide__error_value(int code, bide__blob *message);   /* keeps a reference to message; NULL: none */
void bide__value_out(bide_value *out, bide_value v);           /* hand over; cleared if out is NULL */

/* Inline, since a bide_value that is passed costs a frame on the C stack. */
static inline void bide__out_none(bide_value *out) {
    if (out) out->kind = BIDE_NONE, out->size = 0, out->i64 = 0;
}
static inline bool bide__is_counted(const bide_value *v) { return v->kind >= BIDE_BYTES; }
static inline void bide__clear(bide_value *v) {
    if (bide__is_counted(v)) bide_value_clear(v);
    else v->kind = BIDE_NONE;
}
static inline void bide__share(bide_value *to, const bide_value *from) {
    *to = *from;
    if (bide__is_counted(from)) bide__blob_retain(bide__blob_of(from->ptr));
}
static inline void bide__set_error(bide_value *v, int code, bide__blob *message) {
    v->kind = BIDE_ERROR, v->code = code;
    v->message = bide__blob_data(message ? bide__blob_retain(message) : &bide__no_text.head);
}

/* ---------------------------------------------- errors met by a coroutine (error.c) */

#define BIDE__CODES 19
static inline bool bide__is_code(int rc) { return rc < BIDE__CODE(0) && rc >= BIDE__CODE(BIDE__CODES); }

/* The last message of each code; made when the first message is met. */
typedef struct { bide__blob *of[BIDE__CODES + 1]; } bide__messages;

/* Values of context variables (context.c). Counted; those with more than one reference are read-only. */
typedef struct bide__vars bide__vars;

/* A context: what a token must come from, and the values. */
typedef struct {
    bide__vars *vars;            /* NULL: none */
    uint32_t id;                 /* 0: nothing was set yet */
} bide__context;

/* What runs C code: a task, `main`, or a callback. */
typedef struct bide__coroutine {
    bide_value *result;          /* where bide_return_… puts the result; NULL: nowhere */
    bide__messages *messages;    /* NULL: no error with a message met yet */
    int last;                    /* code of the last failure met, 0: none */
    bide__context own;           /* its context, unless it runs in another: */
    bide_context *entered;       /* NULL: none. Kept by bide_context_run, or by the task to which it was given */
    bide_generator *inside;      /* the async generator whose body runs, innermost; NULL: none */
    bide_generator *drives;      /* the one that the coroutine itself waits for */
    bide_task *task;             /* NULL: not a task */
} bide__coroutine;

extern bide__coroutine bide__main_coroutine;
extern bide__coroutine *bide__current;        /* never NULL */

/* Note a failure in the running coroutine and answer its code. `message` is borrowed; NULL: none. */
int bide__fail(int code, bide__blob *message);
#define BIDE__FAIL(code, text) (bide__fail(code, &(text).head))
static inline int bide__fail_plain(int code) { return bide__fail(code, NULL); }
/* The same from an ERROR value. */
int bide__fail_value(const bide_value *error);
/* The message that the running coroutine holds for `code`; borrowed, NULL: none. */
bide__blob *bide__message_of(const bide__coroutine *co, int code);
/* What a coroutine function returned, as a code: foreign numbers become BIDE_EVALUE. */
int bide__foreign_return(int rc);
static inline int bide__check_return(int rc) { return rc == 0 || bide__is_code(rc) ? rc : bide__foreign_return(rc); }
void bide__messages_free(bide__coroutine *co);
static inline void bide__coroutine_clear(bide__coroutine *co) {
    co->last = 0;
    if (co->messages) bide__messages_free(co);
}
/* The code of a NULL future. */
int bide__null_future(void);

/* --------------------------------------------------- contexts (context.c) */

/* Weak: a program that sets no variable has none of it, and what tests them is removed. */
#define BIDE__WEAK __attribute__((weak))
BIDE__WEAK bide__vars *bide__vars_now(void);             /* of the running context: a reference, NULL: none */
BIDE__WEAK void bide__vars_release(bide__vars *vars);    /* NULL is fine */
BIDE__WEAK void bide__context_enter(bide__coroutine *co, bide_context *context);
BIDE__WEAK void bide__context_leave(bide__coroutine *co);   /* give up what it has and has entered */
BIDE__WEAK bool bide__context_is_entered(const bide_context *context);
/* Let `to` run in the context of the task `f`, of `outer` if `f` is none; `back`: no longer. */
BIDE__WEAK void bide__context_lend(bide__coroutine *to, bide__coroutine *outer, bide_future *f, bool back);

/* What a task or callback made now is given. */
static inline bide__vars *bide__inherit(void) { return bide__vars_now ? bide__vars_now() : NULL; }
static inline void bide__disinherit(bide__vars *vars) {
    if (bide__vars_release) bide__vars_release(vars);
}

/* --------------------------------------------------------------- lists */

/* Ready handles, done callbacks: doubly linked, so a member leaves without a search. bide__node is in bide.h. */
/* A list's head is a node without a type; empty: linked to itself. */
static inline void bide__list_init(bide__node *head) { head->next = head->prev = head; }
static inline bool bide__list_empty(const bide__node *head) { return head->next == head; }
static inline void bide__list_add(bide__node *head, bide__node *n) {
    n->prev = head->prev, n->next = head;
    head->prev->next = n, head->prev = n;
}
static inline void bide__list_remove(bide__node *n) {
    if (!n->next) return;
    n->prev->next = n->next, n->next->prev = n->prev;
    n->next = NULL;
}
/* Take the first member out. */
static inline void bide__list_pop(bide__node *head, bide__node *first) {
    head->next = first->next, first->next->prev = head;
    first->next = NULL;
}
/* Move all members of `from` behind those of `to`. */
static inline void bide__list_splice(bide__node *to, bide__node *from) {
    if (bide__list_empty(from)) return;
    from->next->prev = to->prev, to->prev->next = from->next;
    from->prev->next = to, to->prev = from->prev;
    bide__list_init(from);
}

/* --------------------------------------------------------------- timers (timers.c) */

typedef struct { double when; uint64_t sequence; bide__timer *timer; } bide__timer_entry;
typedef struct bide__timers {
    bide__timer_entry *heap;
    uint32_t count, room;
    uint64_t sequence;
} bide__timers;

int bide__timers_add(bide__timers *ts, bide__timer *t, double when);   /* 0, BIDE_ENOMEM */
void bide__timers_remove(bide__timers *ts, bide__timer *t);            /* harmless if not in it */
bide__timer *bide__timers_pop_due(bide__timers *ts, double now);       /* NULL: none is due */
static inline double bide__timers_next(const bide__timers *ts) { return ts->count ? ts->heap[0].when : INFINITY; }
void bide__timers_free(bide__timers *ts);

/* --------------------------------------------------------------- debug mode (debug*.c) */

/* Referred to weakly: a program that does not ask for the file does not carry it,
 * and what stands behind a test of such an address goes when the program is linked. */

/* Called from the core if debug.c is linked and, unless it says so itself, only in debug mode:
 * if (bide__debugging(loop)) bide__debug_x(…). The address tells whether it is linked. */
extern const char bide__debug BIDE__WEAK;
void bide__debug_new_loop(bide_loop *loop) BIDE__WEAK;                /* always: it decides */
bool bide__debug_batch(bide_loop *loop, double deadline) BIDE__WEAK;  /* run what is left of it; false: `deadline` has passed */
void bide__debug_callback(bide_loop *loop, const bide_future *f, const bide_handle *h) BIDE__WEAK;    /* it has returned */
void bide__debug_idle(bide_loop *loop) BIDE__WEAK;                    /* nothing is ready */
void bide__debug_left(bide_loop *loop) BIDE__WEAK;                    /* the main task has ended */
void bide__debug_forgotten(const bide_loop *loop) BIDE__WEAK;         /* the loop is over and has futures */
void bide__debug_created(const bide_future *f) BIDE__WEAK;
void bide__debug_freed(const void *object) BIDE__WEAK;                /* always: a future or handle */
void bide__debug_report_created(const void *object) BIDE__WEAK;       /* always: a line about a future */
void bide__debug_callback_failed(const bide_loop *loop, const bide_handle *h) BIDE__WEAK;   /* always: its error was reported */
void bide__debug_misplaced(const char *why) BIDE__WEAK;               /* always: a call failed for where it stands */
void bide__debug_run_call(void) BIDE__WEAK;                           /* always: a run call begins */
bool bide__debug_timer_may_leave(const struct bide__timers *ts, const bide__timer *t) BIDE__WEAK;    /* always */
void bide__debug_check_waiters(bide__waiters *ws) BIDE__WEAK;         /* always: see bide__check_waiters */
#define bide__debugging(loop) (&bide__debug && (loop)->debug)
/* BIDE__FAIL for a call from the wrong place. */
#define BIDE__FAIL_HERE(code, why) (&bide__debug ? bide__debug_misplaced((why).text) : (void)0, BIDE__FAIL(code, why))
/* Before those who wait in a caller's object are woken or joined. */
static inline void bide__check_waiters(bide__waiters *ws) {
    if (&bide__debug && ws->first) bide__debug_check_waiters(ws);
}

/* --------------------------------------------------------------- loop (loop.c) */

struct bide_loop {
    uint32_t refs;                /* the owner's, and one of each future */
    bool running, stopping, closed, virtual_time, interrupted;
    bool in_turn;                 /* a batch was taken, and its end not noticed yet: a stop asked for before waits for that */
    bide__node ready;             /* handles for the next turn, oldest first */
    bide__node batch;             /* what is left of this turn's snapshot */
    bide__timers timers;
    double now;                   /* the clock as last read; the virtual clock itself */
    bide__node tasks;             /* unfinished tasks, by link, in order of creation (an eager one: of its first suspension) */
    bide__node failed;            /* futures with an error that nobody retrieved, by link */
    size_t host_operations;       /* promises and other completions that the host still owes */
    struct bide__reader *readers; /* descriptors waited for */
    bide_task *main;              /* of bide_run, for Ctrl-C */
    bide_exception_handler *exception_handler;
    void *exception_arg;
    bide_callback *deadlock_handler;
    void *deadlock_arg;
    bide_task_factory *task_factory;    /* NULL: bide__task_new */
    void *task_factory_arg;
    bide__node generators;        /* those that were begun and have not ended */
    bide__coroutine callbacks;    /* stands for whichever callback runs */
    bool deadlocked;              /* a second deadlock closes the loop */
    bool debug;                   /* debug mode; see bide__debugging */
    double slow_callback_duration;/* in seconds; valid if debug.c is linked */
};

extern bide_loop *bide__running;   /* NULL: none */

bide_loop *bide__loop(bide_loop *loop);              /* NULL resolved; NULL with BIDE_ERUNTIME noted */
void bide__loop_free(bide_loop *loop);
static inline bide_loop *bide__loop_retain(bide_loop *loop) {
    loop->refs++;
    return loop;
}
static inline void bide__loop_unref(bide_loop *loop) {
    if (--loop->refs == 0) bide__loop_free(loop);
}
double bide__loop_now(bide_loop *loop);              /* reads the clock */
static inline void bide__loop_push(bide_loop *loop, bide__node *n) { bide__list_add(&loop->ready, n); }

/* The policy that is set. Weak: a program that neither asks for one nor sets one has none of it. */
BIDE__WEAK bide_event_loop_policy *bide__policy(void);
bide_loop *bide__default_new_loop(bide_event_loop_policy *policy), *bide__default_get_loop(bide_event_loop_policy *policy);
void bide__default_set_loop(bide_event_loop_policy *policy, bide_loop *loop);

/* A run ends: close the asynchronous generators that are left (generator.c). */
BIDE__WEAK void bide__generators_close(bide_loop *loop);
/* The loop is closed: forget those that were not. */
BIDE__WEAK void bide__generators_forget(bide_loop *loop);
/* The task is abandoned: those that it was in end there. */
BIDE__WEAK void bide__generators_abandon(bide__coroutine *co);

/* How bide__loop_turns ended. */
typedef enum { BIDE__IDLE, BIDE__STOPPED, BIDE__SLICE_OVER } bide__turns;
/* Run turns until nothing is ready, the loop is stopped, or the host's clock passes `deadline` (INFINITY: no limit). */
bide__turns bide__loop_turns(bide_loop *loop, double deadline);
void bide__loop_run_front(bide_loop *loop);          /* the first of the batch alone */
/* Of an idle loop: seconds until the next timer, INFINITY: only the host can go on;
 * negative: deadlock. On the virtual clock it jumps to the next timer and answers 0. */
double bide__loop_wait(bide_loop *loop);
/* Report a deadlock and end the program, or call the handler and return. */
void bide__loop_deadlock(bide_loop *loop);
/* Ctrl-C: cancel the main task of the running loop. */
void bide__loop_interrupt(void);
/* A callback has returned `rc`: an error goes to the exception handler. What it left in the coroutine is dropped. */
void bide__callback_end(bide_loop *loop, int rc, bide_future *f, bide_handle *h);
/* Run `main`, whose reference is taken, in `loop`; Ctrl-C cancels it. */
int bide__run_main(bide_loop *loop, bide_task *main, bide_value *result);
/* The runs in `loop` are over: cancel what is left, wait for it, close the loop, which is the one that was
 * set (bide_set_event_loop) if `was_set`. 0, BIDE_EDEADLOCK. */
int bide__close_runner(bide_loop *loop, bool was_set);
/* Tell of tasks and futures that still refer to a loop which is closed. */
void bide__report_forgotten(const bide_loop *loop);
/* Cancel every unfinished task, wait for all, report their errors. 0, BIDE_EDEADLOCK, BIDE_ENOMEM. */
int bide__loop_cancel_all(bide_loop *loop);

/* --------------------------------------------------------------- futures (future.c) */

typedef enum { BIDE__PENDING, BIDE__FINISHED, BIDE__CANCELLED } bide__state;

/* What differs between futures, tasks, gathers and shields. */
typedef struct {
    const char *name;                     /* "Future", "Task", … in reports */
    bool (*cancel)(bide_future *f);
    void (*destroy)(bide_future *f);      /* the last reference is gone: frees what it has, then itself */
} bide__future_type;

struct bide_future {
    uint32_t refs;
    uint8_t state;                /* bide__state */
    bool unretrieved;             /* failed, and in loop->failed */
    bool marked;                  /* seen before, while a call goes through its arguments */
    uint32_t callback_count;      /* user callbacks; each keeps the future from its end on */
    const bide__future_type *type;
    bide_loop *loop;              /* counted */
    bide__node link;              /* in loop->tasks (pending task) or loop->failed */
    bide__node callbacks;         /* nodes to be queued when it is done, in order */
    bide_value value;             /* FINISHED: result, or ERROR; a pending task: the result so far */
};

/* The last reference is gone. */
void bide__future_last(bide_future *f);
void bide__future_complete(bide_future *f, bide__state state);   /* value is in place */
int bide__future_fail(bide_future *f, int code, bide__blob *message);   /* message is borrowed */
/* What awaiting a done future gives: writes `out`, notes an error in the running coroutine. */
int bide__future_outcome(bide_future *f, bide_value *out);
void bide__future_retrieved(bide_future *f);
void bide__future_unretrieved(bide_future *f);    /* report its error: nobody can get it any more */
void bide__future_free(bide_future *f, size_t size);   /* what is common to all types */
/* Queue `n` for the end of `f`: now, if it is done. */
void bide__future_add_node(bide_future *f, bide__node *n);
static inline void bide__release(bide_future *f) {
    if (f && --f->refs == 0) bide__future_last(f);
}
/* What all futures have. */
static inline void bide__future_init(bide_future *f, bide_loop *loop, const bide__future_type *type) {
    f->refs = 1;
    f->state = BIDE__PENDING, f->unretrieved = f->marked = false;
    f->callback_count = 0;
    f->type = type;
    f->loop = bide__loop_retain(loop);
    f->link.next = NULL;
    bide__list_init(&f->callbacks);
    f->value.kind = BIDE_NONE, f->value.size = 0, f->value.i64 = 0;
    if (bide__debugging(loop)) bide__debug_created(f);
}
/* A future of `size` bytes, zeroed beyond that; NULL: no memory, noted. */
static inline bide_future *bide__future_new(bide_loop *loop, const bide__future_type *type, size_t size) {
    bide_future *f = (bide_future *)bide__alloc(size);
    if (!f) return (void)bide__fail_plain(BIDE_ENOMEM), (bide_future *)NULL;
    for (char *p = (char *)(f + 1), *end = (char *)f + size; p < end; p++) *p = 0;
    bide__future_init(f, loop, type);
    return f;
}
/* The future that stands in a list of its loop by this node. */
static inline bide_future *bide__future_by_link(const bide__node *link) {
    return (bide_future *)((char *)link - offsetof(bide_future, link));
}
static inline bool bide__done(const bide_future *f) { return f->state != BIDE__PENDING; }
extern const bide__future_type bide__task_type;
/* Distinct arguments: true the first time that `f` comes by; unmark all of them afterwards. */
static inline bool bide__mark(bide_future *f) {
    bool first = !f->marked;
    f->marked = true;
    return first;
}
static inline void bide__unmark_all(bide_future *const *fs, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (fs[i]) fs[i]->marked = false;
}

/* --------------------------------------------------------------- tasks (task.c) */

/* A task's private waiter future: what sleep, event, lock and the like wait for.
 *   NONE -> PENDING        bide__waiter_begin
 *   PENDING -> DONE        bide__wake
 *   PENDING -> CANCELLED   bide_task_cancel
 *   DONE, CANCELLED -> NONE  bide__waiter_end, when the task runs again */
typedef enum { BIDE__NO_WAITER, BIDE__WAITER_PENDING, BIDE__WAITER_DONE, BIDE__WAITER_CANCELLED } bide__waiter_state;

/* A place in a caller-owned queue of waiting tasks. */
struct bide__waiter { struct bide__waiter *next, *prev; };

/* What is to be called at a task's end (defer.c). */
typedef struct bide__deferred {
    struct bide__deferred *next;  /* deferred before this one */
    void (*run)(bide_task *t, struct bide__deferred *d);   /* may free itself */
} bide__deferred;
BIDE__WEAK void bide__run_deferred(bide_task *t);   /* there in programs that call the next one */

typedef struct {
    bide_future future;           /* first: a task is a future */
    char *name;                   /* NULL: made from number when asked for */
    bide__deferred *deferred;     /* newest first */
    uint32_t arg_size;            /* > 0: arg is ours */
    uint32_t number;
    int cancelling;
    uint32_t scopes;              /* timeouts and groups that it has entered; each has a reference to it */
    bide_future *awaits;          /* counted; NULL: none */
    bide_value *out;              /* where bide_await puts the result, bide_queue_get the item */
    bide_value item;              /* of a put that waits; else NONE */
    const char *waits_for;        /* in words, for reports; valid while the waiter is pending */
    uint32_t since;               /* when the wait began, bide__milliseconds; written only if there is a dump to print it */
    struct bide__waiter place;    /* in `queue` */
    uint32_t near[CORO_NEAR];     /* of coro; in WebAssembly a task has 256 bytes, and the last 64 begin with the next one's last member */
    bide__coroutine coroutine;
    /* From its last member on, what each switch needs, together: with many tasks, memory is most of its cost. */
    bide__timer timer;            /* its node is the task's one place: next step, a future's callback, a due timer */
    struct coro coro;
    bide_fn *fn;
    void *arg;
    bide__waiters *queue;         /* NULL: in none */
    void *waits_on;               /* the bide_queue of a put or get that waits */
    uint8_t waiter;               /* bide__waiter_state */
    bool must_cancel;
    bool was_woken;               /* the last private wait was completed, even if a cancellation came after that */
    bool implicit : 1;            /* made by a run call: not reported when it is left pending */
    bool leftover : 1;            /* cancelled at the end of a run */
} bide__task;

static inline bide__task *bide__task_of(bide_future *f) { return (bide__task *)f; }
/* The task that stands in loop->tasks by this node. */
static inline bide__task *bide__task_by_link(const bide__node *link) { return bide__task_of(bide__future_by_link(link)); }
static inline bool bide__is_task(const bide_future *f) { return f && f->type == &bide__task_type; }
/* A timeout or group is entered by a task, which it keeps, or left. */
static inline bide_task *bide__scope_enter(bide__task *t) {
    t->scopes++;
    return bide_retain(&t->future);
}
static inline void bide__scope_leave(bide_task *f) {
    if (f) bide__task_of(f)->scopes--;
    bide_release(f);
}
/* Have d->run called at the task's end; what calls it comes with this function. */
void bide__defer(bide__task *t, bide__deferred *d);
/* The task that runs; NULL with BIDE_ERUNTIME noted. */
bide__task *bide__outside(void);
static inline bide__task *bide__self(void) { return bide__current->task ? bide__task_of(bide__current->task) : bide__outside(); }
/* The same after a switch, when there is one for certain. */
static inline bide__task *bide__resumed(void) { return bide__task_of(bide__current->task); }
/* A task whose first step is queued. */
bide_task *bide__task_new(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg);
/* As bide_create_task_with makes it: by the loop's factory, if there is one. */
bide_task *bide__task_create(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg);
/* A step, a sleep that is over. */
extern const bide__node_type bide__step_type, bide__task_timer_type;
static inline bide__task *bide__task_of_node(bide__node *n) {
    return (bide__task *)((char *)n - offsetof(bide__task, timer.node));
}
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

/* Queues of waiting tasks in the caller's memory. */
void bide__waiters_remove(bide__task *t);          /* harmless if in none */
static inline bide__task *bide__task_of_place(const struct bide__waiter *w) {
    return (bide__task *)((char *)w - offsetof(bide__task, place));
}
/* Take the first out; there is one. */
static inline bide__task *bide__waiters_pop(bide__waiters *ws) {
    bide__task *t = bide__task_of_place(ws->first);
    ws->first = t->place.next;
    if (ws->first) ws->first->prev = NULL;
    else ws->last = NULL;
    t->queue = NULL;
    return t;
}

/* A pending private wait is over, as DONE or CANCELLED, while its timer may be set, or about to run. */
void bide__waiter_settle(bide__task *t, bide__waiter_state state);
void bide__waiter_strike(bide__task *t);           /* the rare ends of the two below */
int bide__waiter_fail(bide__task *t);

/* A wait begins: when, for the dump. Weak, as contexts are. */
extern __typeof__(bide_dump) bide_dump BIDE__WEAK;
static inline uint32_t bide__milliseconds(double seconds) { return seconds < 4e15 ? (uint32_t)(int64_t)(seconds * 1e3) : 0; }
static inline void bide__note_since(bide__task *t) {
    if (bide_dump) t->since = bide__milliseconds(t->future.loop->now);
}
/* Begin a private wait, just before coro_suspend. A cancel request that is due strikes at once. */
static inline void bide__waiter_begin(bide__task *t, const char *waits_for) {
    t->waits_for = waits_for;
    bide__note_since(t);
    t->waiter = BIDE__WAITER_PENDING;
    if (t->must_cancel) bide__waiter_strike(t);
}
static inline void bide__waiters_add(bide__waiters *ws, bide__task *t) {
    bide__check_waiters(ws);
    t->queue = ws;
    t->place = (struct bide__waiter){ .next = NULL, .prev = ws->last };
    if (ws->last) ws->last->next = &t->place;
    else ws->first = &t->place;
    ws->last = &t->place;
}
/* Queue up and begin. Not inline, so that the callers' ways without a wait are short. */
void bide__waiters_enter(bide__waiters *ws, bide__task *t, const char *waits_for);
/* End it when the task runs again: 0 or BIDE_ECANCELED. */
static inline int bide__waiter_end(bide__task *t) {
    uint8_t ended = t->waiter;
    t->waiter = BIDE__NO_WAITER;
    t->was_woken = ended == BIDE__WAITER_DONE;
    if (t->queue) bide__waiters_remove(t);
    return ended == BIDE__WAITER_CANCELLED || t->must_cancel ? bide__waiter_fail(t) : 0;
}
/* Complete the private wait of `t`, unless it is over already. It has no timer, or that is what runs. */
static inline void bide__wake(bide__task *t) {
    if (t->waiter != BIDE__WAITER_PENDING) return;
    t->waiter = BIDE__WAITER_DONE;
    t->timer.node.type = &bide__step_type;
    bide__loop_push(t->future.loop, &t->timer.node);
}
/* Both in one call that suspends. */
int bide__wait(bide__task *t, const char *waits_for);
/* Deliver a cancel request that is due to the running task: BIDE_ECANCELED, else 0. */
static inline int bide__take_cancel(bide__task *t) {
    if (!t->must_cancel) return 0;
    t->must_cancel = false;
    return bide__fail_plain(BIDE_ECANCELED);
}

/* Wake the first that was neither woken nor cancelled; false: there is none. */
bool bide__wake_first(bide__waiters *ws);
/* Whether anyone stands there that is not cancelled. */
bool bide__waiters_any(const bide__waiters *ws);
/* Wait in a queue: 0 or BIDE_ECANCELED; t->was_woken tells whether a wake-up came before a cancellation. */
int bide__wait_in(bide__waiters *ws, bide__task *t, const char *waits_for);

/* --------------------------------------------------------------- priority queues (queue_heap.c) */

void bide__queue_sift_up(bide_queue *q, const bide_value *item);      /* add it, before the count goes up */
void bide__queue_sift_down(bide_queue *q, const bide_value *item);    /* put it in place of the first, after the count went down */
/* Numbers by size, bytes as memcmp; other kinds in the order of their numbers. */
int bide__queue_compare(const bide_value *a, const bide_value *b, void *arg);

/* --------------------------------------------------------------- the dump (dump.c) */

/* Referred to weakly: a program that does not ask for the dump does not carry it,
 * and what stands behind a test of such an address goes when it is linked. */
void bide__dump_tasks(bide_loop *loop) BIDE__WEAK;   /* the lines of bide_dump that are about tasks */
void bide__dump_running(void) BIDE__WEAK;            /* bide_dump of the loop that runs */
extern volatile bool bide__dump_wanted BIDE__WEAK;            /* a signal asked for it */

/* Debug mode, once there are tasks. */
void bide__debug_ended(const bide__task *t) BIDE__WEAK;               /* its function has returned, the stack is still there */
const void *bide__task_group_of(const bide__node *n) BIDE__WEAK;      /* the bide_task_group that the callback belongs to, or NULL */
bool bide__debug_may_leave(bide__task *t) BIDE__WEAK;                 /* always: the queue that it waits in */


/* The task or future that waits by way of the callback `n`; NULL: none, or it is not that file's. */
typedef bide_future *bide__waiter_of(const bide__node *n);
bide__waiter_of bide__gather_waiter BIDE__WEAK, bide__shield_waiter BIDE__WEAK, bide__wait_waiter BIDE__WEAK;
bide__waiter_of bide__wait_for_waiter BIDE__WEAK, bide__task_group_waiter BIDE__WEAK, bide__as_completed_waiter BIDE__WEAK;
/* The future in place `i` of a gather, NULL for an argument that was; false: `f` is no gather, or has none there. */
bool bide__gather_child(const bide_future *f, size_t i, bide_future **child) BIDE__WEAK;
/* What a shield waits for; NULL: `f` is none, or is done. */
bide_future *bide__shield_inner(const bide_future *f) BIDE__WEAK;

/* --------------------------------------------------------------- readers (reader.c) */

typedef struct bide__reader {
    struct bide__reader *next;
    bide__node node;              /* queued while the descriptor is ready */
    bide_loop *loop;
    int fd;
    bide_callback *cb;            /* NULL: `task` reads */
    void *arg;
    bide__vars *vars;             /* of its registration; moved to the loop's coroutine while it runs */
    bide__task *task;
} bide__reader;
void bide__reader_ready(bide__reader *r);          /* by the host: queue it, once */
void bide__readers_free(bide_loop *loop);
bide__reader *bide__reader_find(bide_loop *loop, int fd);       /* NULL: none */
void bide__reader_add(bide__reader *r);
void bide__reader_remove(bide__reader *r);         /* harmless if its loop has closed */
int bide__reader_check(int fd);                    /* 0, or BIDE_EOS: it can't be waited for */

/* --------------------------------------------------------------- reports (report.c) */

/* A line for stderr, put together without printf. */
typedef struct { char text[512]; size_t size; } bide__line;
void bide__line_text(bide__line *line, const char *text);
void bide__line_number(bide__line *line, long number);
void bide__line_decimal(bide__line *line, double number);       /* "0.500"; in dump.c */
void bide__line_state(bide__line *line, const bide__task *t);   /* " waits for an event"; in dump.c */
void bide__debug_line_wait(bide__line *line, const bide__task *t) BIDE__WEAK;     /* " at app.c:12", if that is known */
void bide__line_end(bide__line *line);             /* writes it with a line feed, and empties it */
void bide__line_task(bide__line *line, const bide_future *f);   /* 'Task-2', or the type's name */
void bide__report_error(const char *message, const bide_future *f, int code, const char *text);
void bide__report_outcome(int code);               /* what the running coroutine met last, with the members of a group */
void bide__report_waiting(bide_loop *loop);        /* each waiting task and what it waits for */
/* Tell the exception handler of an error. */
void bide__loop_error(bide_loop *loop, const char *message, const bide_value *error, bide_future *f, bide_handle *h);
/* The stack of the running task has overflowed: report and exit 134. */
_Noreturn void bide__report_overflow(void);
/* The task that runs, or whose plain generator does; NULL: none. Weak, as the next: there in programs with generators. */
BIDE__WEAK bide_task *bide__task_behind(void);
BIDE__WEAK void bide__line_generator(bide__line *line);   /* the generator that runs, and the size of its stack */
/* True once after a bide_run that Ctrl-C ended. */
extern bool bide__interrupted;

#endif
