/* error_group.h -- how the errors of several tasks become one (error_group.c). */
#ifndef BIDE_ERROR_GROUP_H
#define BIDE_ERROR_GROUP_H

#include "base/value.h"

/* An error group's message, with room for n members, which are NONE; NULL without memory. */
bide__blob *bide__group_new(const char *text, size_t n);
static inline bide_value *bide__group_member(bide__blob *group, size_t i) { return (bide_value *)bide__blob_data(group->members) + i; }

#endif
