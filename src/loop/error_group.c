/* error_group.c -- an error that stands for several.
 *
 * The message's blob refers to the contents of a list: these are the members. So a
 * group travels like any other error, and a member may be a group itself. */
#include "loop/error_group.h"

#include "base/line.h"
#include "loop/coroutine.h"

#include <string.h>

static const bide_value *error_group_members_of(const bide_value *error, size_t *n) {
    const bide__blob *members = error->kind == BIDE_ERROR ? bide__blob_of(error->message)->members : NULL;
    *n = members ? members->size / sizeof(bide_value) : 0;
    return members ? (const bide_value *)(members + 1) : NULL;
}

/* " (2 sub-exceptions)", as Python ends a group's message. */
static const bide__line *error_group_suffix(size_t n) {
    static bide__line line;       /* the stack may be small */
    line.size = 0;
    bide__line_text(&line, " (");
    bide__line_number(&line, (long)n);
    bide__line_text(&line, n == 1 ? " sub-exception)" : " sub-exceptions)");
    return &line;
}

static bide__blob *error_group_new(const char *text, size_t size, size_t n) {
    const bide__line *suffix = error_group_suffix(n);
    bide__blob *message = bide__blob_new(size + suffix->size + 1);
    if (!message) return NULL;
    memcpy(bide__blob_data(message), text, size);
    memcpy(bide__blob_data(message) + size, suffix->text, suffix->size + 1);
    message->members = bide__blob_new(n * sizeof(bide_value));
    if (!message->members) return bide__blob_release(message), NULL;
    for (size_t i = 0; i < n; i++) *bide__group_member(message, i) = (bide_value){ .kind = BIDE_NONE };
    return message;
}

/* Nobody calls it. */
void bide__error_group_brings(void);
void bide__error_group_brings(void) { bide__bring_report_members(); }

bide__blob *bide__group_new(const char *text, size_t n) { return error_group_new(text, strlen(text), n); }

/* A group with the text of another one, for `n` members. */
static bide__blob *error_group_like(const bide_value *error, size_t n) {
    size_t had;
    (void)error_group_members_of(error, &had);
    return error_group_new(error->message, strlen(error->message) - error_group_suffix(had)->size, n);
}

int bide_raise_group(const char *message, const bide_value *errors, size_t n) {
    BIDE__TEXT(no_errors, "an error group needs members, which are errors");
    bool all_errors = n > 0;
    for (size_t i = 0; i < n; i++) all_errors = all_errors && errors[i].kind == BIDE_ERROR;
    if (!all_errors) return BIDE__FAIL(BIDE_EVALUE, no_errors);
    bide__blob *group = bide__group_new(message ? message : "", n);
    if (!group) return bide__fail_plain(BIDE_EGROUP);
    for (size_t i = 0; i < n; i++) *bide__group_member(group, i) = bide_value_copy(errors[i]);
    bide__fail(BIDE_EGROUP, group);
    bide__blob_release(group);
    return BIDE_EGROUP;
}

bide_value bide_error_members(bide_value error) {
    bide_value list = { .kind = BIDE_NONE };
    size_t n;
    const bide_value *members = error_group_members_of(&error, &n);
    if (!members) return list;
    bide__blob_retain(bide__blob_of(members));
    list.kind = BIDE_LIST, list.count = n, list.items = members;
    return list;
}

/* ---------------------------------------------------------------- matching
 *
 * Groups may stand in groups thousands deep, so they are walked. While a list of
 * members is being walked, its own `members` is the list around it, and `js_error` the
 * place to go on there. A list uses neither otherwise. */

static void error_group_walk_in(bide__blob **list, const bide__blob *into) {
    bide__blob *inner = (bide__blob *)into;
    inner->members = *list, inner->js = 0;
    *list = inner;
}

/* The next member of the list or of one around it; NULL: no more, and nothing is left of the walk. */
static const bide_value *error_group_walk_on(bide__blob **list) {
    bide__blob *l;
    while ((l = *list) && l->js * sizeof(bide_value) == l->size) *list = l->members, l->members = NULL, l->js = 0;
    return l ? (const bide_value *)(l + 1) + l->js++ : NULL;
}

static void error_group_walk_end(bide__blob **list) {
    for (bide__blob *l; (l = *list); l->members = NULL, l->js = 0) *list = l->members;
}

/* Whether something of this error belongs to the half that matches, or to the rest: an error that has not the code. */
static bool error_group_belongs(const bide_value *error, int code, bool matching) {
    bide__blob *list = NULL;
    bool found = false;
    for (const bide_value *e = error; e && !found; e = error_group_walk_on(&list)) {
        const bide__blob *members = bide__blob_of(e->message)->members;
        if (e->code == code || !members) found = (e->code == code) == matching;
        else error_group_walk_in(&list, members);
    }
    error_group_walk_end(&list);
    return found;
}

bool bide_error_matches(bide_value error, int code) { return error.kind == BIDE_ERROR && error_group_belongs(&error, code, true); }

/* ---------------------------------------------------------------- splitting
 *
 * A group is split when all its members are. What became of these stands in a
 * frame; there is one for each group on the way to the member that is next. */

typedef struct error_half {
    struct error_half *outer;
    const bide_value *error;     /* the group */
    size_t n, next, kept;
    bool changed;                /* a member is missing, or only a part of it was kept */
    bide_value halves[];         /* of the members so far; NONE: nothing belongs to this half */
} error_half;

static size_t error_half_size(size_t n) { return sizeof(error_half) + n * sizeof(bide_value); }

static void error_half_leave(error_half **top) {
    error_half *f = *top;
    *top = f->outer;
    for (size_t i = 0; i < f->next; i++) bide_value_clear(&f->halves[i]);
    bide__free(f, error_half_size(f->n));
}

static int error_half_enter(error_half **top, const bide_value *error) {
    size_t n;
    (void)error_group_members_of(error, &n);
    error_half *f = bide__alloc(error_half_size(n));
    if (!f) return bide__fail_plain(BIDE_ENOMEM);
    *f = (error_half){ *top, error, n, 0, 0, false };
    *top = f;
    return 0;
}

/* The half of a member is known. */
static void error_half_add(error_half *f, bide_value half, bool changed) {
    f->halves[f->next++] = half;
    f->kept += half.kind != BIDE_NONE;
    f->changed |= changed || half.kind == BIDE_NONE;
}

/* What is kept of a group whose members are known: itself, nothing, or a group of fewer. 0, BIDE_ENOMEM. */
static int error_half_of_group(error_half *f, bide_value *half) {
    *half = (bide_value){ .kind = BIDE_NONE };
    if (!f->changed) *half = bide_value_copy(*f->error);
    if (!f->changed || f->kept == 0) return 0;
    bide__blob *group = error_group_like(f->error, f->kept);
    if (!group) return bide__fail_plain(BIDE_ENOMEM);
    for (size_t i = 0, k = 0; i < f->n; i++)
        if (f->halves[i].kind != BIDE_NONE) *bide__group_member(group, k++) = bide_value_copy(f->halves[i]);
    *half = bide__error_value(f->error->code, group);
    bide__blob_release(group);
    return 0;
}

/* Deal with the next member of the top frame, or with its end, whose half is then *half. 0, BIDE_ENOMEM. */
static int error_half_step(error_half **top, int code, bool matching, bide_value *half) {
    error_half *f = *top;
    if (f->next < f->n) {
        const bide_value *e = error_group_members_of(f->error, &f->n) + f->next;
        if (e->code != code && bide__blob_of(e->message)->members) return error_half_enter(top, e);
        error_half_add(f, (e->code == code) == matching ? bide_value_copy(*e) : (bide_value){ .kind = BIDE_NONE }, false);
        return 0;
    }
    const bool changed = f->changed;
    int rc = error_half_of_group(f, half);
    if (rc != 0) return rc;
    error_half_leave(top);
    if (*top) error_half_add(*top, *half, changed);
    return 0;
}

/* Write the half of an error that matches, or the rest, to *out. 0; BIDE_ENOMEM: *out is NONE. */
static int error_group_half(const bide_value *error, int code, bool matching, bide_value *out) {
    error_half *top = NULL;
    *out = (bide_value){ .kind = BIDE_NONE };
    if (!error_group_belongs(error, code, matching)) return 0;
    if (!error_group_belongs(error, code, !matching)) return *out = bide_value_copy(*error), 0;
    int rc = error_half_enter(&top, error);
    while (rc == 0 && top) rc = error_half_step(&top, code, matching, out);
    while (top) error_half_leave(&top);
    if (rc != 0) out->kind = BIDE_NONE;
    return rc;
}

int bide_error_split(bide_value error, int code, bide_value *match, bide_value *rest) {
    bide_value halves[2] = { { .kind = BIDE_NONE }, { .kind = BIDE_NONE } };
    int rc = error.kind == BIDE_ERROR ? error_group_half(&error, code, true, &halves[0]) : 0;
    if (rc == 0 && error.kind == BIDE_ERROR) rc = error_group_half(&error, code, false, &halves[1]);
    if (rc != 0) bide_value_clear(&halves[0]);
    bide__value_out(match, halves[0]);
    bide__value_out(rest, halves[1]);
    return rc;
}
