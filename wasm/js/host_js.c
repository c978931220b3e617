/* host_js.c -- the host contract where JavaScript owns the event loop; js/runtime/runtime.js is the other side.
 *
 * The run loop is that of hosts that return (src/returning). JavaScript calls
 * bide__js_wake() when the time of its last answer has passed, or when something
 * has come. */
#include "js.h"
#include "host.h"
#include "outcome.h"
#include "returning/returning.h"
#include "task/report.h"

#include <stdlib.h>
#include <wasi/api.h>

BIDE__JS_IMPORT("now") double js_now(void);
BIDE__JS_IMPORT("wake") void js_wake(void);
/* The bits of js_flags(). */
enum { JS_VIRTUAL_TIME = 1, JS_MAY_BE_CALLED = 2 };
BIDE__JS_IMPORT("flags") int js_flags(void);
BIDE__JS_IMPORT("drop") void js_drop(uint32_t error);

/* This is current while a JavaScript function runs that C called. C code called from there can't be suspended,
 * since the JavaScript frame can't. */
static bide__coroutine js_coroutine;
/* The coroutine that called JavaScript last. */
static bide__coroutine *js_caller;

/* Around each call of a user's function: js/link/imported.js does it for imports, js/ for other functions.
 * Answers the coroutine to come back to. */
BIDE__JS_EXPORT("bide__js_leave") bide__coroutine *bide__js_leave(void) {
    bide__coroutine *caller = bide__current;
    if (caller != &js_coroutine) js_caller = caller;
    bide__current = &js_coroutine;
    return caller;
}
BIDE__JS_EXPORT("bide__js_back") void bide__js_back(bide__coroutine *caller) { bide__current = caller; }

/* Nobody calls it, so the linker drops it. */
void bide__js_bring_parts(void);
void bide__js_bring_parts(void) { bide__js_bring_threw(); }

bide__coroutine *bide__js_caller(void) { return bide__current == &js_coroutine ? js_caller : bide__current; }

/* ------------------------------------------------------------------ from JavaScript */

/* Run turns until the clock passes `deadline`.
 * Answers in how many milliseconds to be called again; INFINITY: after a completion or a call. */
BIDE__JS_EXPORT("bide__js_wake") double bide__js_wake(double deadline) {
    double wait = bide__returning_wake(deadline);
    if (BIDE__HAS(bide__js_ending)) bide__js_ending();
    if (wait > 0) bide__js_flush();
    return 1e3 * wait;
}

/* Ctrl-C; false: no run call is under way that would take it. */
BIDE__JS_EXPORT("bide__js_interrupt") bool bide__js_interrupt(void) { return bide__returning_interrupt(); }

/* What has been printed must be delivered before there is another turn. */
BIDE__JS_EXPORT("bide__js_pause") void bide__js_pause(void) { bide__returning_pause(); }

/* JavaScript's event loop has run empty while main waits: what it waits for can't come. */
BIDE__JS_EXPORT("bide__js_stuck") void bide__js_stuck(void) { bide__returning_stuck(); }

/* For the report of a trap. */
BIDE__JS_EXPORT("bide__js_task_name") const char *bide__js_task_name(void) {
    bide__current = bide__js_caller();      /* if JavaScript threw, it never came back */
    if (BIDE__HAS(bide__unpin_all)) bide__unpin_all();
    const bide_task *t = BIDE__HAS(bide__task_behind) ? bide__task_behind() : bide__current->task;
    if (!t) return NULL;
    static bide__line name;
    name.size = 0;
    bide__line_task(&name, t);
    return name.text;
}

/* ------------------------------------------------------------------ the contract */

double bide__host_now(void) { return js_now(); }
void bide__host_wake(bide_loop *loop) { (void)loop, js_wake(); }
bool bide__host_virtual_time(void) { return js_flags() & JS_VIRTUAL_TIME; }
bool bide__host_may_be_called(void) { return js_flags() & JS_MAY_BE_CALLED; }
void bide__host_catch_interrupt(bool on) { (void)on; }      /* loop->main tells */
void bide__host_drop_js(uint32_t error) { js_drop(error); }

void bide__host_write_error(const char *text, size_t size) {
    __wasi_ciovec_t piece = { (const uint8_t *)text, size };
    size_t written;
    while (piece.buf_len > 0 && __wasi_fd_write(2, &piece, 1, &written) == 0) piece.buf += written, piece.buf_len -= written;
}

void bide__host_exit(int code) { exit(code); }
