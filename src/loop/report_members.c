/* report_members.c -- a report of an error group has a line for each member, and for the members of those. */
#include "base/line.h"
#include "base/value.h"
#include "loop/coroutine.h"

enum { MEMBERS_DEEPEST = 9 };

void bide__bring_report_members(void) {}

void bide__report_members(bide__line *line, const bide__blob *message) {
    struct { const bide__blob *members; size_t next; } groups[MEMBERS_DEEPEST] = { { message->members, 0 } };
    for (int depth = message->members ? 0 : -1; depth >= 0;) {
        const bide__blob *members = groups[depth].members;
        const bide_value *error = (const bide_value *)(members + 1) + groups[depth].next++;
        if ((const char *)error == (const char *)(members + 1) + members->size) { depth--; continue; }
        for (int k = 0; k <= depth; k++) bide__line_text(line, "  ");
        bide__line_error(line, error->code, error->message);
        members = bide__blob_of(error->message)->members;
        if (members && depth + 1 < MEMBERS_DEEPEST) groups[++depth].members = members, groups[depth].next = 0;
    }
}
