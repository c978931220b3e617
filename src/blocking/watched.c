/* watched.c -- room for what a host that blocks tells the system of each watched descriptor.
 *
 * The room grows when a reader is added. So only that can fail, and never a wait. All
 * loops share it, since one waits at a time. It goes with the last reader. */
#include "blocking/watched.h"

#include "memory.h"

static void *watched_room;
static size_t watched_count, watched_size;

void *bide__watched_room(void) { return watched_room; }

static int watched_grow(size_t size) {
    void *room = bide__alloc(size);
    if (!room) return BIDE_ENOMEM;
    bide__free(watched_room, watched_size);
    watched_room = room, watched_size = size;
    return 0;
}

int bide__watched_more(size_t each) {
    size_t needed = (watched_count + 2) * each;
    if (needed > watched_size && watched_grow(2 * needed) != 0) return BIDE_ENOMEM;
    watched_count++;
    return 0;
}

void bide__watched_less(void) {
    if (--watched_count > 0) return;
    bide__free(watched_room, watched_size);
    watched_room = NULL, watched_size = 0;
}
