/* raise.c -- errors and results made with a printf format.
 *
 * Apart from error.c, so that a program which formats nothing does not carry
 * vsnprintf. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>

/* Formatted text in a blob, its length in *size; NULL: no memory, or a bad format (*size < 0). */
static bide__blob *format_blob(const char *format, va_list args, int *size) {
    va_list again;
    va_copy(again, args);
    *size = vsnprintf(NULL, 0, format, args);
    bide__blob *b = *size < 0 ? NULL : bide__blob_new((size_t)*size + 1);
    if (b) vsnprintf(bide__blob_data(b), (size_t)*size + 1, format, again);
    va_end(again);
    return b;
}

int bide_raise(int code, const char *format, ...) {
    if (!bide__is_code(code)) code = BIDE_EVALUE;
    if (!format) return bide__fail_plain(code);
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *message = format_blob(format, args, &size);
    va_end(args);
    bide__fail(code, message);
    if (message) bide__blob_release(message);
    return code;
}

int bide_future_set_exception(bide_future *f, int code, const char *format, ...) {
    BIDE__TEXT(stop, "StopIteration interacts badly with generators and cannot be raised into a Future");
    if (!f) return bide__null_future();
    if (code == 0) return bide__fail_plain(BIDE_EVALUE);
    if (!bide__is_code(code)) code = BIDE_EVALUE;
    if (code == BIDE_ESTOP) return bide__future_fail(f, BIDE_ERUNTIME, &stop.head);
    if (!format) return bide__future_fail(f, code, NULL);
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *message = format_blob(format, args, &size);
    va_end(args);
    int rc = bide__future_fail(f, code, message);
    if (message) bide__blob_release(message);
    return rc;
}

int bide_return_text(const char *format, ...) {
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *text = format_blob(format, args, &size);
    va_end(args);
    if (!text) return bide__fail_plain(size < 0 ? BIDE_EVALUE : BIDE_ENOMEM);
    bide_value v = { .kind = BIDE_BYTES };
    v.size = (size_t)size, v.bytes = bide__blob_data(text);
    return bide_return_value(v);
}
