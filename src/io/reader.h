/* reader.h -- descriptors that are waited for (reader.c). */
#ifndef BIDE_READER_H
#define BIDE_READER_H

#include "task/task.h"

struct bide__reader {
    struct bide__reader *next;
    bide__node node;              /* queued while the descriptor is ready */
    bide_loop *loop;
    int fd;
    uint32_t host;                /* the host's own */
    bool always;                  /* the host can't poll the descriptor, which counts as ready */
    bool looks;                   /* the task looks for input, and may read another descriptor: any number may look */
    bool ready;                   /* one that looks: its descriptor can be read */
    bide_callback *cb;            /* NULL: `task` reads or looks */
    void *arg;
    bide__vars *vars;             /* of its registration; moved to the loop's coroutine while it runs */
    bide__task *task;
};

void bide__reader_ready(bide__reader *r);                       /* by the host: queue it, once */
void bide__readers_free(bide_loop *loop);
bide__reader *bide__reader_find(bide_loop *loop, int fd);       /* the one that reads; NULL: none */
int bide__reader_add(bide__reader *r);                          /* 0, BIDE_ENOMEM */
void bide__reader_remove(bide__reader *r);                      /* harmless if its loop has closed */
int bide__reader_check(int fd);                                 /* 0, or BIDE_EOS: it is negative */

#endif
