/* block.h -- for exits that fail where no code can be returned (block.c). */
#ifndef BIDE_BLOCK_H
#define BIDE_BLOCK_H

#include "task/report.h"

/* The coroutine function that runs is to fail with `code`, as if it had returned that. */
void bide__fail_later(int code);

#endif
