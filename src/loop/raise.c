/* raise.c -- errors, values and results made with a printf format.
 *
 * Apart from error.c, so that a program which formats nothing does not carry
 * vsnprintf. */
#include "loop/coroutine.h"

int bide_raise(int code, const char *format, ...) {
    if (!bide__is_code(code)) code = BIDE_EVALUE;
    if (!format) return bide__fail_plain(code), bide__met_again(bide__current), code;
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *message = bide__format(format, args, &size);
    va_end(args);
    bide__fail(code, message);
    bide__met_again(bide__current);
    if (message) bide__blob_release(message);
    return code;
}

int bide_return_text(const char *format, ...) {
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *text = bide__format(format, args, &size);
    va_end(args);
    if (!text) return bide__fail_plain(size < 0 ? BIDE_EVALUE : BIDE_ENOMEM);
    return bide_return_value(bide__blob_value(BIDE_TEXT, text, (size_t)size));
}

bide_value bide_text(const char *format, ...) {
    BIDE__TEXT(bad, "bad format");
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *text = bide__format(format, args, &size);
    va_end(args);
    return size < 0 ? bide__error_value(BIDE_EVALUE, &bad.head) : bide__blob_value(BIDE_TEXT, text, (size_t)size);
}

bide_value bide_error(int code, const char *format, ...) {
    if (!bide__is_code(code)) code = BIDE_EVALUE;
    if (!format) return bide__error_value(code, NULL);
    va_list args;
    int size;
    va_start(args, format);
    bide__blob *message = bide__format(format, args, &size);
    va_end(args);
    bide_value v = bide__error_value(message || size < 0 ? code : BIDE_ENOMEM, message);
    if (message) bide__blob_release(message);
    return v;
}
