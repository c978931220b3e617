/* debug.h -- what the files of debug mode share; nobody else includes it. */
#ifndef BIDE_DEBUG_H
#define BIDE_DEBUG_H

#include "task/report.h"

/* ------------------------------------------------------------------ reports (debug.c) */

/* A line that begins with "bide: debug: ". It is static, since the stack that runs may be small. */
bide__line *bide__debug_line(void);
/* Whether debug mode is on for the loop that runs; outside of loops the environment decides. */
bool bide__debug_on(void);

/* ------------------------------------------------------------------ places (debug_places.c) */

/* What is known of a future or handle; valid until that is freed. */
typedef struct bide__place {
    bide__node link;              /* in order of creation */
    struct bide__place *next;     /* in its bucket */
    const void *object;
    const char *file;             /* where it was created; NULL: not compiled with BIDE_DEBUG */
    const char *call, *call_file; /* of a task: what it called when it was suspended last; NULL: not known */
    const char *left;             /* of a task: the block that it left with a raw code; NULL: none */
    uint8_t raw, means;           /* the codes; valid with `left` */
    const void *arg;              /* what its function is called with; valid with: */
    const bide__coroutine *lender;/* in whose frame that lies (debug_frames.c); NULL: in nobody's, or nobody looks at it any more */
    const void *lent;             /* of a task: the lowest address in its stack that others use; NULL: none is known */
    int number, call_number;      /* lines */
    uint8_t kind;                 /* BIDE__GIVEN_… */
    bool reported;                /* what it waits for was found to be broken */
    uint32_t creator_size;        /* of the text behind, with its NUL */
} bide__place;

/* The call that runs, also one that was suspended in an earlier step; its name is NULL: not known. (debug.c) */
bide__call_place bide__debug_call(void);

bide__place *bide__place_of(const void *object);                /* NULL: not known */
bide__place *bide__place_add(const void *object);               /* the one that it has, else a new one; NULL without memory */
/* The one created after `p`, or the first of all for NULL; NULL: no more. */
bide__place *bide__place_next(const bide__place *p);
void bide__place_remove(const void *object);                    /* harmless if it has none */
void bide__place_set_wait(const bide__task *t);                 /* t was suspended by bide__last_call */

/* "Task-2", "main", "a callback". */
void bide__line_who(bide__line *line, const bide__coroutine *co);
void bide__line_at(bide__line *line, const char *file, int number);     /* " at app.c:12" */
/* "created at app.c:12 by Task-1" behind `before`, if it is known. */
void bide__line_created(bide__line *line, const char *before, const void *object);
/* "Task-2 waits for an event at app.c:12" */
void bide__line_waiting(bide__line *line, const bide__task *t);

/* ------------------------------------------------------------------ blocks (debug_blocks.c) */

/* The running task goes on: report the block that it left with a raw code. */
void bide__debug_report_left(void);

/* ------------------------------------------------------------------ values of JavaScript (debug_values.c) */

/* Does nothing. A file that refers to it makes the linker take that one. */
void bide__debug_bring_values(void);

/* ------------------------------------------------------------------ checks (debug_checks.c) */

/* Find waiting tasks and timers whose objects were moved, freed or overwritten. */
void bide__check_loop(bide_loop *loop);
/* Take entry `i` out of the heap without touching its timer. */
void bide__check_drop_timer(bide__timers *ts, uint32_t i);
/* "Task-2 waits for an event at app.c:12", also when the task runs again and is about to leave its queue. */
void bide__line_queued(bide__line *line, const bide__task *t);

/* ------------------------------------------------------------------ frames that have returned (debug_frames.c) */

/* The task in whose stack `p` lies; NULL: in none. */
const bide__task *bide__frames_owner(const bide_loop *loop, const void *p);
/* A batch runs below this frame; NULL: no longer. */
void bide__frames_batch(const void *frame);
void bide__frames_suspended(bide__task *t);
void bide__frames_here(const void *frame);     /* the running task's lowest frame */
void bide__frames_ended(bide__task *t);        /* its function has returned, the stack is still there */
void bide__frames_generator_ended(const bide_generator *g);
void bide__frames_run_call(void);              /* by main, unless a loop runs */
void bide__frames_forget(const void *task);    /* or another object: it is freed */

#endif
