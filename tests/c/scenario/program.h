/* program.h -- a scenario in memory: a random asyncio program, made by parse.h from text or by a fuzzer from bytes.
 *
 * Operations stand in one array and refer to each other by index; index 0 is
 * no operation. What stands in the array is well-formed: every index is in its
 * table's range, a body starts only bodies of higher number, the operation of a
 * callback is one that cannot suspend. */
#ifndef SCENARIO_PROGRAM_H
#define SCENARIO_PROGRAM_H

#include <bide.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an operation is beside its arguments. */
enum shape {
    PLAIN,                  /* never suspends */
    DOABLE,                 /* the same, and a callback may do it */
    HOLDER,                 /* never suspends; has one operation, for a callback */
    WAITS,                  /* may suspend */
    BLOCK,                  /* has operations */
};

/* Every operation: its name, its arguments in the order of the text, its shape. A letter an argument:
 *   k a number       t ticks              T ticks or none    y 0 or 1      n a count
 *   e an error       i a task or future   * a list of those  m what wait() waits for
 *   b a body         s a slot of a task   h a slot of a timer handle
 *   L S E C Q F B    number of a lock, semaphore, event, condition, queue, future, barrier */
#define OPERATIONS(X) \
    X(log, "k", DOABLE)            X(raise, "e", PLAIN)           X(return, "k", PLAIN) \
    X(cancel, "i", DOABLE)         X(cancel_self, "", PLAIN)      X(cancel_main, "", PLAIN) \
    X(uncancel, "", PLAIN)         X(cancelling, "", PLAIN)       X(state, "i", PLAIN) \
    X(ev_set, "E", DOABLE)         X(ev_clear, "E", DOABLE)       X(fut_set, "Fk", DOABLE) \
    X(fut_exc, "F", DOABLE)        X(fut_new, "F", PLAIN)         X(put_nowait, "Qk", DOABLE) \
    X(get_nowait, "Q", DOABLE)     X(task_done, "Q", DOABLE)      X(q_shutdown, "Qy", PLAIN) \
    X(release, "S", DOABLE)        X(notify, "Cn", PLAIN)         X(resched, "T", PLAIN) \
    X(spawn, "bsy", PLAIN)         X(tg_spawn, "bsy", PLAIN)      X(soon, "", HOLDER) \
    X(later, "th", HOLDER)         X(hcancel, "h", PLAIN)         X(on_done, "i", HOLDER) \
    X(sleep, "t", WAITS)           X(await, "i", WAITS)           X(gather, "y*", WAITS) \
    X(wait, "mT*", WAITS)          X(wait_for, "iT", WAITS)       X(wait_for_call, "bT", WAITS) \
    X(call, "b", WAITS)            X(shield, "i", WAITS)          X(asc, "T*", WAITS) \
    X(ev_wait, "E", WAITS)         X(cond_wait, "C", WAITS)       X(put, "Qk", WAITS) \
    X(get, "Q", WAITS)             X(join, "Q", WAITS)            X(barrier, "B", WAITS) \
    X(barrier_abort, "B", WAITS)   X(barrier_reset, "B", WAITS) \
    X(lock, "L", BLOCK)            X(sem, "S", BLOCK)             X(cond, "C", BLOCK) \
    X(timeout, "T", BLOCK)         X(tg, "", BLOCK)               X(try, "", BLOCK)

#define NUMBER_IT(name, arguments, shape) OP_##name,
enum { NO_OP, OPERATIONS(NUMBER_IT) OP_COUNT };
#undef NUMBER_IT

struct operation { const char *name, *arguments; enum shape shape; };
#define DESCRIBE_IT(name, arguments, shape) [OP_##name] = { #name, arguments, shape },
static const struct operation operations[OP_COUNT] = { OPERATIONS(DESCRIBE_IT) };
#undef DESCRIBE_IT

static const struct { const char *name; int code; } raisable[] = {
    { "ValueError", BIDE_EVALUE }, { "LookupError", BIDE_ELOOKUP },
    { "RuntimeError", BIDE_ERUNTIME }, { "CancelledError", BIDE_ECANCELED },
};
enum { RAISABLE = sizeof raisable / sizeof *raisable };
static const char *const wait_modes[] = { [BIDE_ALL_COMPLETED] = "all", [BIDE_FIRST_COMPLETED] = "first", [BIDE_FIRST_EXCEPTION] = "exc" };
enum { WAIT_MODES = sizeof wait_modes / sizeof *wait_modes };

enum { MOST_ARGUMENTS = 3, MOST_DEPTH = 100, MOST_LEVELS = 1000, LEVEL_STACK = 1024 };
#define NONE_GIVEN INT64_MIN                       /* an argument that is `none` */

/* Which exceptions do not leave an operation. */
enum { CATCH_NONE, CATCH_EXCEPTION, CATCH_ALL };

struct op {
    int kind;                                      /* OP_…, an index of operations */
    int catches;                                   /* CATCH_… */
    int64_t id;
    int64_t arguments[MOST_ARGUMENTS];             /* an error is its code, a mode a bide_return_when */
    int first_item, item_count;                    /* of a list */
    int next;                                      /* in the list where it stands */
    int ops, handler, final;                       /* the first of its own lists; only a try has the latter two */
};

/* How many there are of each object. */
struct counts { int slots, handles, locks, semaphores, events, conditions, queues, barriers, futures, bodies; };

struct program {
    struct counts counts;
    int max_tasks, max_calls;
    struct { int value; bool bounded; } *semaphores;
    int *conditions;                               /* number of the lock, -1: its own */
    int *queues;                                   /* maxsize */
    int *barriers;                                 /* parties */
    int *bodies;                                   /* the first operation of each */
    struct op *ops;
    int *items;                                    /* of all lists: a task's slot, or -1 - the number of a future */
    int op_count, op_room, item_count, item_room;
    size_t stack_size;                             /* what a task needs, from program_measure */
};

/* Memory of the test's own, without which it can't go on. */
static void *need(void *p) {
    if (p) return p;
    fputs("scenario: out of memory\n", stderr);
    exit(1);
}

/* Room for one more in an array of `count`. */
static void *grown(void *array, int count, int *room, size_t size) {
    if (count < *room) return array;
    *room = *room ? *room * 2 : 64;
    return need(realloc(array, (size_t)*room * size));
}

/* A new operation, without arguments and in no list yet; its index. */
static int program_add_op(struct program *p, int kind) {
    if (p->op_count == 0) p->op_count = 1;         /* 0 is none */
    p->ops = grown(p->ops, p->op_count, &p->op_room, sizeof *p->ops);
    p->ops[p->op_count] = (struct op){ .kind = kind };
    return p->op_count++;
}

static void program_add_item(struct program *p, int item) {
    p->items = grown(p->items, p->item_count, &p->item_room, sizeof *p->items);
    p->items[p->item_count++] = item;
}

/* The body that an operation runs in the task itself, or -1. */
static int called_body(const struct op *op) {
    return op->kind == OP_call || op->kind == OP_wait_for_call ? (int)op->arguments[0] : -1;
}

/* Levels of blocks and calls, at most, from `first` on; `levels` has those of the bodies after this one. */
static int measure_list(const struct program *p, int first, const int *levels) {
    int most = 0;
    for (int i = first; i; i = p->ops[i].next) {
        const struct op *op = &p->ops[i];
        const int lists[] = { op->ops, op->handler, op->final };
        for (int k = 0; k < 3; k++) {
            const int depth = lists[k] ? 1 + measure_list(p, lists[k], levels) : 1;
            if (depth > most) most = depth;
        }
        const int body = called_body(op), depth = body < 0 ? 0 : 1 + levels[body];
        if (depth > most) most = depth;
    }
    return most;
}

/* Find how deep the program nests, and the stack for that; false: deeper than MOST_LEVELS. */
static bool program_measure(struct program *p) {
    int most = 0, *levels = need(calloc((size_t)p->counts.bodies + 1, sizeof *levels));
    for (int b = p->counts.bodies - 1; b >= 0 && most <= MOST_LEVELS; b--) {
        levels[b] = measure_list(p, p->bodies[b], levels);
        if (levels[b] > most) most = levels[b];
    }
    free(levels);
    p->stack_size = BIDE_STACK_SIZE + (size_t)most * LEVEL_STACK;
    return most <= MOST_LEVELS;
}

static void program_free(struct program *p) {
    void *const parts[] = { p->semaphores, p->conditions, p->queues, p->barriers, p->bodies, p->ops, p->items };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) free(parts[i]);
    *p = (struct program){ .ops = NULL };
}

#endif
