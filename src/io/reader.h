/* reader.h -- descriptors that are waited for (reader.c). What the host and the end of a loop call stands in parts.h. */
#ifndef BIDE_READER_H
#define BIDE_READER_H

#include "task/task.h"

struct bide__reader {
    struct bide__reader *next;
    bide__node node;              /* queued while the descriptor is ready */
    bide_loop *loop;
    int fd;
    bide_callback *cb;            /* NULL: `task` reads */
    void *arg;
    bide__vars *vars;             /* of its registration; moved to the loop's coroutine while it runs */
    bide__task *task;
};

bide__reader *bide__reader_find(bide_loop *loop, int fd);       /* NULL: none */
void bide__reader_add(bide__reader *r);
void bide__reader_remove(bide__reader *r);                      /* harmless if its loop has closed */
int bide__reader_check(int fd);                                 /* 0, or BIDE_EOS: it can't be waited for */

#endif
