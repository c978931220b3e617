/* readable_native.c -- whether there is memory at an address, which may be any. For debug mode. */
#define _GNU_SOURCE
#include "memory.h"

#include <sys/mman.h>
#include <unistd.h>

bool bide__readable(const void *p, size_t size) {
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = (uintptr_t)p / page * page, to = (uintptr_t)p + size;
    unsigned char resident[4];
    if (to < from || (to - from) / page >= sizeof resident) return false;
    return mincore((void *)from, to - from, resident) == 0;
}
