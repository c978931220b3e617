/* report.h -- what the library writes to stderr, and where errors go that nobody can get (report.c, exception.c). */
#ifndef BIDE_REPORT_H
#define BIDE_REPORT_H

#include "base/line.h"
#include "task/task.h"

/* 'Task-2', or the type's name. */
void bide__line_task(bide__line *line, const bide_future *f);

void bide__report_error(const char *message, const bide_future *f, int code, const char *text);
void bide__report_outcome(int code);               /* what the running coroutine met last, with the members of a group */
void bide__report_waiting(bide_loop *loop);        /* each waiting task and what it waits for */

/* What a coroutine function or callback returned, as a code: foreign numbers become BIDE_EVALUE. */
int bide__foreign_return(int rc);
static inline int bide__check_return(int rc) { return rc == 0 || bide__is_code(rc) ? rc : bide__foreign_return(rc); }
/* The same of a function that may have left blocks by return. */
static inline int bide__returned(int rc) {
    rc = bide__check_return(rc);
    return BIDE__HAS(bide__block_meant) ? bide__block_meant(rc) : rc;
}

/* Tell the exception handler of an error. */
void bide__loop_error(bide_loop *loop, const char *message, const bide_value *error, bide_future *f, bide_handle *h);
/* A callback has returned `rc`: an error goes to the exception handler. What it left in the coroutine is dropped. */
void bide__callback_end(bide_loop *loop, int rc, bide_future *f, bide_handle *h);

#endif
