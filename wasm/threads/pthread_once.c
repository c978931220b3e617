/* pthread_once.c -- pthread_once: the function runs once, and who comes while it waits waits for its end.
 *
 * A pthread_once_t has no room for a queue. So all who wait stand in one queue, and look again when a function has returned. */
#include "locks.h"

enum { ONCE_NEW, ONCE_DONE, ONCE_RUNS };

static bide__waiters once_waiting;

int pthread_once(pthread_once_t *once, void (*init)(void)) {
    while (*once == ONCE_RUNS) {
        const int error = bide__lock_wait(&once_waiting, INFINITY, "the end of pthread_once");
        if (error != 0) return error;
    }
    if (*once == ONCE_DONE) return 0;
    *once = ONCE_RUNS;
    init();
    *once = ONCE_DONE;
    bide__lock_let_all(&once_waiting);
    return 0;
}
BIDE__SUSPENDS(pthread_once);
