/* queue_heap.h -- the items of a priority queue (queue_heap.c). */
#ifndef BIDE_QUEUE_HEAP_H
#define BIDE_QUEUE_HEAP_H

#include "loop/coroutine.h"

void bide__queue_sift_up(bide_queue *q, const bide_value *item);      /* add it, before the count goes up */
void bide__queue_sift_down(bide_queue *q, const bide_value *item);    /* put it in place of the first, after the count went down */
/* Numbers by size, bytes as memcmp; other kinds in the order of their numbers. */
int bide__queue_compare(const bide_value *a, const bide_value *b, void *arg);

#endif
