/* set_exception.c -- a future's error, made with a printf format.
 *
 * Apart from future.c, so that a program which formats nothing does not carry
 * vsnprintf. */
#include "task/future.h"

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
    bide__blob *message = bide__format(format, args, &size);
    va_end(args);
    int rc = bide__future_fail(f, code, message);
    if (message) bide__blob_release(message);
    return rc;
}
