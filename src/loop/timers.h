/* timers.h -- timers in the order in which they are due (timers.c). */
#ifndef BIDE_TIMERS_H
#define BIDE_TIMERS_H

#include "parts.h"

/* 16 bytes in WebAssembly: with a million timers each counts. */
typedef struct { double when; uint32_t sequence; bide__timer *timer; } bide__timer_entry;

struct bide__timers {
    bide__timer_entry *heap;
    uint32_t count, room;
    uint32_t sequence;            /* of the next; it wraps around */
};

int bide__timers_add(bide__timers *ts, bide__timer *t, double when);   /* 0, BIDE_ENOMEM */
void bide__timers_remove(bide__timers *ts, bide__timer *t);            /* harmless if not in it */
bide__timer *bide__timers_pop_due(bide__timers *ts, double now);       /* NULL: none is due */
static inline double bide__timers_next(const bide__timers *ts) { return ts->count ? ts->heap[0].when : INFINITY; }
void bide__timers_free(bide__timers *ts);

#endif
