/* readable_wasm.c -- whether there is memory at an address, which may be any. For debug mode. The linker puts nothing below 1 KiB. */
#include "memory.h"

enum { READABLE_PAGE = 65536, READABLE_LEAST = 1024 };

bool bide__readable(const void *p, size_t size) {
    const uint64_t end = (uint64_t)__builtin_wasm_memory_size(0) * READABLE_PAGE;
    return (uintptr_t)p >= READABLE_LEAST && (uint64_t)(uintptr_t)p + size <= end;
}
