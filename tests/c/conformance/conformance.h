/* conformance.h -- what the conformance programs print with, as the Python originals do.
 *
 * One unit of time is one second of the virtual clock. A program's main
 * coroutine is run by conformance_run(); a deadlock prints `deadlock` and ends
 * the program with exit code 0. */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include <bide.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Many coroutines and callbacks here have no use for their argument. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

/* One line of the trace, as printf writes it. */
__attribute__((format(printf, 1, 2), unused)) static void say(const char *format, ...) {
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

/* The loop's time, a whole number. */
__attribute__((unused)) static int now(void) { return (int)bide_loop_time(NULL); }

static void conformance_append(char *out, size_t room, const bide_value *v);

/* What a list holds, with `between` between its items. */
static void conformance_append_items(char *out, size_t room, const bide_value *list, const char *between) {
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) strncat(out, between, room - strlen(out) - 1);
        conformance_append(out, room, &list->items[i]);
    }
    strncat(out, "]", room - strlen(out) - 1);
}

/* The name of an error; of a group with its members: ExceptionGroup[ValueError,KeyError]. */
static void conformance_append_error(char *out, size_t room, const bide_value *error) {
    BIDE_AUTO_VALUE bide_value members = bide_error_members(*error);
    strncat(out, bide_error_name(error->code), room - strlen(out) - 1);
    if (members.kind != BIDE_LIST) return;
    strncat(out, "[", room - strlen(out) - 1);
    conformance_append_items(out, room, &members, ",");
}

/* A value as the trace shows it: none, a number, text, [a b c], or the name of an error. */
static void conformance_append(char *out, size_t room, const bide_value *v) {
    size_t used = strlen(out);
    switch (v->kind) {
    case BIDE_NONE: snprintf(out + used, room - used, "none"); return;
    case BIDE_I64: snprintf(out + used, room - used, "%lld", (long long)v->i64); return;
    case BIDE_F64: snprintf(out + used, room - used, "%.0f", v->f64); return;
    case BIDE_PTR: snprintf(out + used, room - used, "%s", bide_task_get_name((bide_task *)v->ptr)); return;
    case BIDE_BOOL: snprintf(out + used, room - used, "%s", v->i64 ? "true" : "false"); return;
    case BIDE_JS: snprintf(out + used, room - used, "a JavaScript value"); return;
    case BIDE_TEXT:
    case BIDE_BYTES: snprintf(out + used, room - used, "%s", v->bytes); return;
    case BIDE_ERROR: conformance_append_error(out, room, v); return;
    case BIDE_LIST:
        snprintf(out + used, room - used, "[");
        conformance_append_items(out, room, v, " ");
    }
}

/* conformance_append into one of four buffers in turn, so one line can show several values. */
__attribute__((unused)) static const char *show(bide_value v) {
    static char buffers[4][512];
    static int next;
    char *out = buffers[next++ % 4];
    out[0] = '\0';
    conformance_append(out, sizeof buffers[0], &v);
    return out;
}

/* The error that a call has just answered, of which `rc` is the code. */
__attribute__((unused)) static const char *xn(int rc) {
    BIDE_AUTO_VALUE bide_value error = bide_last_error_value();
    return rc == BIDE_EGROUP ? show(error) : bide_error_name(rc);
}

/* State of a future: pending, cancelled, done (no result), `result X` or `raised NAME`; four buffers as in show. */
__attribute__((unused)) static const char *st(bide_future *f) {
    static char buffers[4][560];
    static int next;
    char *out = buffers[next++ % 4];
    BIDE_AUTO_VALUE bide_value error = { 0 }, v = { 0 };
    if (!bide_future_done(f)) return "pending";
    if (bide_future_cancelled(f)) return "cancelled";
    bide_ignore(bide_future_exception(f, &error));
    if (error.kind == BIDE_ERROR) snprintf(out, sizeof buffers[0], "raised %s", show(error));
    else if (bide_future_result(f, &v) == 0 && v.kind == BIDE_NONE) snprintf(out, sizeof buffers[0], "done");
    else snprintf(out, sizeof buffers[0], "result %s", show(v));
    return out;
}

static int conformance_deadlock(void *arg) {
    (void)arg;
    puts("deadlock");
    exit(0);
}

static bide_fn *conformance_main;
static int conformance_start(void *arg) {
    bide_loop_set_deadlock_handler(NULL, conformance_deadlock, NULL);
    return conformance_main(arg);
}

/* Run `fn` as the main task, print what it raised, answer the exit code of the program. */
__attribute__((unused)) static int conformance_run(bide_fn *fn) {
    conformance_main = fn;
    int rc = bide_run(conformance_start, NULL, NULL);
    if (rc != 0) say("main raised %s", xn(rc));
    return 0;
}
#endif
