/* debug_values.c -- values of JavaScript that a program was given, and never cleared.
 *
 * Such a value keeps an object of JavaScript alive. Its contents have an entry in the
 * table of debug_places.c, with the call that gave it, until they are freed. Those
 * that are left when the program exits are reported. Arguments have no entry: the
 * library clears them. */
#include "insight/debug.h"

#include "base/value.h"

#include <stdlib.h>

static bool value_is_left(const bide__place *p) { return p->kind == BIDE__GIVEN_VALUE && p->call && !p->reported; }

/* How many come from the same call as `first`, itself too. None of them is counted again. */
static int value_count(bide__place *first) {
    int n = 0;
    for (bide__place *p = first; p; p = bide__place_next(p)) {
        if (!value_is_left(p) || p->number != first->number || p->file != first->file || p->call != first->call) continue;
        if (p != first) p->reported = true;
        n++;
    }
    first->reported = true;
    return n;
}

static void values_report(void) {
    for (bide__place *p = bide__place_next(NULL); p; p = bide__place_next(p)) {
        if (!value_is_left(p)) continue;
        const int n = value_count(p);
        bide__line *line = bide__debug_line();
        bide__line_number(line, n);
        bide__line_text(line, n == 1 ? " value of JavaScript was never cleared, from " : " values of JavaScript were never cleared, from ");
        bide__line_text(line, p->call);
        bide__line_at(line, p->file, p->number);
        bide__line_end(line);
    }
}

/* Without room for the report there is none. */
static void values_watch(void) {
    static bool watching;
    if (!watching) watching = atexit(values_report) == 0;
}

static void value_note(const bide__blob *b, const bide__call_place *call) {
    bide__place *p = bide__place_add(b);
    if (!p) return;
    p->kind = BIDE__GIVEN_VALUE, p->reported = false;
    p->call = call->name, p->file = call->file, p->number = call->number;
    values_watch();
}

void bide__debug_bring_values(void) {}

void bide__debug_js_value(const bide_value *v) {
    const bide__call_place call = bide__debug_call();
    if (!call.name || !bide__debug_on()) return;
    if (v->kind == BIDE_JS) value_note(bide__blob_of(v->ptr), &call);
    for (size_t i = 0; v->kind == BIDE_LIST && i < v->count; i++)
        if (v->items[i].kind == BIDE_JS) value_note(bide__blob_of(v->items[i].ptr), &call);
}
