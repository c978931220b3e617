/* gather_join.c -- gather, awaited. Apart from gather.c, whose functions never suspend. */
#include "internal.h"

int bide_gather_join(bide_future *const *fs, size_t n, bool return_exceptions, bide_value *result) {
    bide_future *g = bide_gather(fs, n, return_exceptions);
    bide_release_all(fs, n);
    return bide_join(g, result);
}
