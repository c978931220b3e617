/* loop.h -- the event loop: what it has, and which one is meant (loop.c).
 *
 * What runs in it stands in higher layers: turns in run/turns.c, the end in
 * run/close.c. */
#ifndef BIDE_LOOP_H
#define BIDE_LOOP_H

#include "base/list.h"
#include "loop/coroutine.h"
#include "loop/timers.h"

/* What somebody asked of a loop while it runs turns. It is looked at between two turns. */
enum {
    BIDE__ASKED_INTERRUPT = 1,    /* Ctrl-C: cancel the main task */
    BIDE__ASKED_PAUSE = 2,        /* end the slice, though there is time left */
};

struct bide_loop {
    uint32_t refs;                /* the owner's, and one of each future */
    bool running, stopping, closed, virtual_time;
    uint8_t asked;                /* bits of BIDE__ASKED_… */
    bool has_run;                 /* `began` will not change; valid as that is */
    bool in_turn;                 /* a batch was taken, and its end not noticed yet: a stop asked for before waits for that */
    bide__node ready;             /* handles for the next turn, oldest first */
    bide__node batch;             /* what is left of this turn's snapshot */
    bide__timers timers;
    double now;                   /* the clock as last read; the virtual clock itself */
    double began;                 /* when it ran first; until then, when it was made. Valid if there is a dump to tell */
    bide__node tasks;             /* unfinished tasks, by link, in order of creation (an eager one: of its first suspension) */
    bide__node failed;            /* futures with an error that nobody retrieved, by link */
    size_t host_operations;       /* what the host still owes (io/operation.c) */
    struct bide__reader *readers; /* descriptors waited for (io/reader.c) */
    void (*poll)(bide_loop *loop, double timeout);     /* bide__host_poll; this and the next are set with the first reader */
    void (*free_readers)(bide_loop *loop);             /* bide__readers_free */
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

/* What policy.c sets, unless the program has its own. */
bide_loop *bide__default_new_loop(bide_event_loop_policy *policy), *bide__default_get_loop(bide_event_loop_policy *policy);
void bide__default_set_loop(bide_event_loop_policy *policy, bide_loop *loop);

#endif
