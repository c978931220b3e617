/* format.c -- text by a printf format.
 *
 * A file of its own, so that a program which formats nothing does not carry
 * vsnprintf. */
#include "base/value.h"

#include <stdio.h>

bide__blob *bide__format(const char *format, va_list args, int *size) {
    va_list again;
    va_copy(again, args);
    *size = vsnprintf(NULL, 0, format, args);
    bide__blob *b = *size < 0 ? NULL : bide__blob_new((size_t)*size + 1);
    if (b) vsnprintf(bide__blob_data(b), (size_t)*size + 1, format, again);
    va_end(again);
    return b;
}
