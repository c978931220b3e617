/* error_group.c -- an error that stands for several.
 *
 * The message's blob refers to the contents of a list: these are the members. So a
 * group travels like any other error, and a member may be a group itself. */
#include "loop/error_group.h"

#include "loop/coroutine.h"

#include <string.h>

static const bide_value *error_group_members_of(const bide_value *error, size_t *n) {
    const bide__blob *members = error->kind == BIDE_ERROR ? bide__blob_of(error->message)->members : NULL;
    *n = members ? members->size / sizeof(bide_value) : 0;
    return members ? (const bide_value *)(members + 1) : NULL;
}

bide__blob *bide__group_new(const char *text, size_t n) {
    size_t size = strlen(text) + 1;
    bide__blob *message = bide__blob_new(size);
    if (!message) return NULL;
    memcpy(bide__blob_data(message), text, size);
    message->members = bide__blob_new(n * sizeof(bide_value));
    if (!message->members) return bide__blob_release(message), NULL;
    for (size_t i = 0; i < n; i++) *bide__group_member(message, i) = (bide_value){ .kind = BIDE_NONE };
    return message;
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

/* ---------------------------------------------------------------- matching */

bool bide_error_matches(bide_value error, int code) {
    size_t n;
    const bide_value *members = error_group_members_of(&error, &n);
    if (error.kind == BIDE_ERROR && error.code == code) return true;
    while (n > 0)
        if (bide_error_matches(members[--n], code)) return true;
    return false;
}

/* Whether every error in it has that code. */
static bool error_group_all_match(const bide_value *error, int code) {
    size_t n;
    const bide_value *members = error_group_members_of(error, &n);
    if (error->code == code) return true;
    if (n == 0) return false;
    while (n > 0)
        if (!error_group_all_match(&members[--n], code)) return false;
    return true;
}

/* Whether something of this error belongs to the half that matches, or to the rest. */
static bool error_group_belongs(const bide_value *error, int code, bool matching) {
    return matching ? bide_error_matches(*error, code) : !error_group_all_match(error, code);
}

/* Write the half of an error that matches, or the rest, to *out. 0; BIDE_ENOMEM: *out is NONE. */
static int error_group_half(const bide_value *error, int code, bool matching, bide_value *out) {
    size_t n, kept = 0, k = 0;
    const bide_value *members = error_group_members_of(error, &n);
    *out = (bide_value){ .kind = BIDE_NONE };
    if (!error_group_belongs(error, code, matching)) return 0;
    if (!error_group_belongs(error, code, !matching)) return *out = bide_value_copy(*error), 0;
    for (size_t i = 0; i < n; i++) kept += error_group_belongs(&members[i], code, matching);
    bide__blob *group = bide__group_new(error->message, kept);
    int rc = group ? 0 : bide__fail_plain(BIDE_ENOMEM);
    for (size_t i = 0; i < n && rc == 0; i++)
        if (error_group_belongs(&members[i], code, matching)) rc = error_group_half(&members[i], code, matching, bide__group_member(group, k++));
    if (rc == 0) *out = bide__error_value(error->code, group);
    if (group) bide__blob_release(group);
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
