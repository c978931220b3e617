/* watched.h -- room for what a host that blocks tells the system of each watched descriptor (watched.c). */
#ifndef BIDE_WATCHED_H
#define BIDE_WATCHED_H

#include "parts.h"

/* One reader more, which needs `each` bytes of room; the same for all. 0; BIDE_ENOMEM: nothing has changed. */
int bide__watched_more(size_t each);
void bide__watched_less(void);
/* Has room for all readers, and for one thing beside. */
void *bide__watched_room(void);

#endif
