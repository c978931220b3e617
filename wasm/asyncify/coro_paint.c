/* coro_paint.c -- how much of a stack was touched, also between two switches. For debug mode.
 *
 *     low                                                       high
 *     | canary | frames | frames once | paint … | touched once | C stack |
 *
 * Frames are written from the bottom without holes. So the paint that is left begins
 * behind the most that they ever took, and ends at the lowest word that the C stack
 * has touched. */
#include "coro.h"

enum { PAINT = 0x5b1de5ed };

static uint32_t *paint_from(struct coro *c) { return (uint32_t *)(void *)coro__bottom(c); }
static uint32_t *paint_to(struct coro *c) { return (uint32_t *)(void *)(c->block + c->size); }

void coro_paint(struct coro *c) {
    for (uint32_t *p = paint_from(c), *end = paint_to(c); p < end; p++) *p = PAINT;
}

void coro_measure(struct coro *c) {
    if (!c->block) return;
    const uint32_t *p = paint_from(c), *end = paint_to(c);
    while (p < end && *p != PAINT) p++;
    const uint32_t *begin = p;
    while (p < end && *p == PAINT) p++;
    int32_t gap = (int32_t)((p - begin) * (ptrdiff_t)sizeof *p);
    if (gap < c->gap) c->gap = gap;
}
