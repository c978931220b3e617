/* future.h -- futures, and what makes tasks, gathers, shields and operations futures of a kind (future.c). */
#ifndef BIDE_FUTURE_H
#define BIDE_FUTURE_H

#include "loop/loop.h"

typedef enum { BIDE__PENDING, BIDE__FINISHED, BIDE__CANCELLED } bide__state;

/* What differs between kinds of future. */
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
    void *callbacks[2];           /* head of the nodes to be queued when it is done, in order; bide__callbacks */
    bide_value value;             /* FINISHED: result, or ERROR; a pending task: the result so far */
};

/* A list's head has no type, so bide_future spares the place for one: with a million tasks each word counts. */
static inline bide__node *bide__callbacks(const bide_future *f) { return (bide__node *)(void *)&f->callbacks; }
_Static_assert(offsetof(bide__node, type) == sizeof ((bide_future *)0)->callbacks, "the head of a list");

void bide__future_last(bide_future *f);                          /* the last reference is gone */
void bide__future_complete(bide_future *f, bide__state state);   /* value is in place */
int bide__future_fail(bide_future *f, int code, bide__blob *message);   /* message is borrowed */
/* What awaiting a done future gives: writes `out`, notes an error in the running coroutine. */
int bide__future_outcome(bide_future *f, bide_value *out);
void bide__future_retrieved(bide_future *f);
void bide__future_unretrieved(bide_future *f);    /* report its error: nobody can get it any more */
void bide__future_free(bide_future *f, size_t size);   /* what is common to all types */
/* Queue `n` for the end of `f`: now, if it is done. */
void bide__future_add_node(bide_future *f, bide__node *n);

/* bide_release for what gives futures up while another one ends: a chain of them is walked. (release_in_turn.c) */
void bide__release_in_turn(bide_future *f);

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
    bide__list_init(bide__callbacks(f));
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

/* A task's (task.c). Here, since a future that is a task can't be completed by the program. */
extern const bide__future_type bide__task_type;
static inline bool bide__is_task(const bide_future *f) { return f && f->type == &bide__task_type; }

#endif
