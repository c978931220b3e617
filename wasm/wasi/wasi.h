/* wasi.h -- what the files of this host share. */
#ifndef BIDE_WASI_H
#define BIDE_WASI_H

#include <wasi/api.h>

/* A subscription to the clock, with 0 for its user data. */
__wasi_subscription_t bide__wasi_clock(double seconds);

#endif
