/* alloc_counting.h -- the library's memory, counted; a chosen allocation can be made to fail. */
#ifndef ALLOC_COUNTING_H
#define ALLOC_COUNTING_H

#include <stdbool.h>

/* Let the nth allocation from now fail (1: the next), once; 0: none. */
void alloc_fail_at(long n);
/* Whether the allocation chosen by alloc_fail_at was asked for. */
bool alloc_failed(void);
/* Blocks that are not freed. What `main` still remembers of errors is dropped first. */
long alloc_live(void);

#endif
