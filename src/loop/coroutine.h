/* coroutine.h -- what runs C code, and the errors that it has met. */
#ifndef BIDE_COROUTINE_H
#define BIDE_COROUTINE_H

#include "base/value.h"

#define BIDE__CODES 19
static inline bool bide__is_code(int rc) { return rc < BIDE__CODE(0) && rc >= BIDE__CODE(BIDE__CODES); }

/* A code's number in bide.h, which fits into a byte; 0 for 0. */
static inline uint8_t bide__error_number(int code) { return code == 0 ? 0 : (uint8_t)(BIDE__CODE(0) - code); }

/* The last message of each code; made when the first message is met. */
typedef struct {
    bide__blob *of[BIDE__CODES + 1];
    uint32_t met_in_call;        /* a bit for each message that was met since the last bide_call began */
} bide__messages;

/* Which failures a coroutine has met. The codes are numbers (bide__error_number), 0: none. */
typedef struct {
    uint8_t last;
    bool is_fresh;               /* nothing has shown yet that the program has dealt with the last one */
    uint8_t raw, means;          /* a function that returns `raw` now means the other one: see block.c */
} bide__errors;

/* A context: what a token must come from, and the values (context.c). Arrays with more than one reference are read-only. */
typedef struct {
    bide__vars *vars;            /* counted; NULL: none */
    uint32_t id;                 /* 0: nothing was set yet */
} bide__context;

/* A task, `main`, or a callback. */
struct bide__coroutine {
    bide_value *result;          /* where bide_return_… puts the result; NULL: nowhere */
    bide__messages *messages;    /* NULL: no error with a message met yet */
    bide__errors errors;
    bide__context own;           /* its context, unless it runs in another: */
    bide_context *entered;       /* NULL: none. Kept by bide_context_run, or by the task to which it was given */
    bide_generator *inside;      /* the async generator whose body runs, innermost; NULL: none */
    bide_generator *drives;      /* the one that the coroutine itself waits for */
    bide_task *task;             /* NULL: not a task */
};

extern bide__coroutine bide__main_coroutine;
extern bide__coroutine *bide__current;        /* never NULL */

/* Note a failure in the running coroutine and answer its code. `message` is borrowed; NULL: none. */
int bide__fail(int code, bide__blob *message);
#define BIDE__FAIL(code, text) (bide__fail(code, &(text).head))
static inline int bide__fail_plain(int code) { return bide__fail(code, NULL); }
/* The same from an ERROR value. */
int bide__fail_value(const bide_value *error);
/* "ValueError: bad port 7", or the class alone; the line is at its end then. */
void bide__line_error(bide__line *line, int code, const char *text);
/* BIDE__FAIL for a call from the wrong place. */
#define BIDE__FAIL_HERE(code, why) (BIDE__HAS(bide__debug) ? bide__debug_misplaced((why).text) : (void)0, BIDE__FAIL(code, why))

/* The message that the running coroutine holds for `code`; borrowed, NULL: none. */
bide__blob *bide__message_of(const bide__coroutine *co, int code);
void bide__messages_free(bide__coroutine *co);
static inline void bide__coroutine_clear(bide__coroutine *co) {
    co->errors = (bide__errors){ 0, false, 0, 0 };
    if (co->messages) bide__messages_free(co);
}
/* The code of the last failure met, 0: none. */
static inline int bide__last(const bide__coroutine *co) { return co->errors.last ? BIDE__CODE(co->errors.last) : 0; }
/* The failure that a function probably hands out if it returns now, 0: none. */
static inline int bide__met(const bide__coroutine *co) { return co->errors.is_fresh ? bide__last(co) : 0; }
static inline void bide__met_again(bide__coroutine *co) { co->errors.is_fresh = true; }     /* it was raised, whatever its code */
static inline void bide__met_over(bide__coroutine *co) { co->errors.is_fresh = false; }

/* A function of the program that can't wait is called between pin and unpin (pin.c):
 *
 *     bide__pinned pinned;
 *     bide__pin(&pinned);
 *     … policy->new_event_loop(policy) …
 *     bide__unpin();                             */
typedef struct bide__pinned {
    struct bide__pinned *outer;  /* NULL: none */
    bide__coroutine *of;
    bide_task *task;             /* what `of` has otherwise */
    bide_value *result;
    bide_generator *inside;
} bide__pinned;
extern bide__pinned *bide__pin_newest;         /* NULL: none */
void bide__pin(bide__pinned *p);
void bide__unpin(void);

/* The code of a NULL future. */
int bide__null_future(void);

/* The context's values that a task or callback made now is given; NULL: none. */
static inline bide__vars *bide__inherit(void) { return BIDE__HAS(bide__vars_now) ? bide__vars_now() : NULL; }
static inline void bide__disinherit(bide__vars *vars) {
    if (BIDE__HAS(bide__vars_release)) bide__vars_release(vars);
}

#endif
