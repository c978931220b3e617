/* locks.h -- what the files share that keep tasks apart by libc's own types: mutexes, conditions and the like.
 *
 * The state lies in the caller's object, which may be zeroed; nothing is allocated, and
 * destroying frees nothing. A lock is handed over: who unlocks it makes the task its
 * owner that has waited longest, so nobody can come between. As POSIX has it, a
 * cancel request does not end the wait for a lock. It is kept for the task's next wait.
 *
 * Where nobody can wait, a lock that is free is taken, and what would wait fails with
 * EDEADLK: outside of any run there is only one thread, so nobody would unlock it. */
#ifndef BIDE_LOCKS_H
#define BIDE_LOCKS_H

#include "../libc/libc.h"

#include <pthread.h>

/* Who runs, as an owner: never 0. Outside of any task all are one. */
static inline uint32_t bide__lock_self(void) { return BIDE__HAS(bide__libc_number) ? bide__libc_number() : UINT32_MAX; }
/* The task that has waited longest, which is taken out of the queue; 0: there is none. */
static inline uint32_t bide__lock_next(bide__waiters *ws) { return BIDE__HAS(bide__libc_hand_over) ? bide__libc_hand_over(ws) : 0; }
/* Let all go on. Answers how many. */
static inline uint32_t bide__lock_let_all(bide__waiters *ws) {
    uint32_t n = 0;
    while (bide__lock_next(ws)) n++;
    return n;
}
/* Wait until taken out of the queue. 0, ETIMEDOUT, ENOMEM, EDEADLK. (lock_wait.c) */
int bide__lock_wait(bide__waiters *ws, double seconds, const char *waits_for);
/* The same until a time that may be no time: EINVAL. (lock_wait_until.c) */
int bide__lock_wait_until(bide__waiters *ws, const struct timespec *time, const char *waits_for);

/* ---------------------------------------------------------------- mutexes (pthread_mutex.c) */

/* What is in a pthread_mutex_t. */
struct bide__mutex {
    uint32_t type;
    uint32_t owner;           /* 0: free */
    uint32_t depth;           /* how often the owner has locked it; valid while it has one */
    bide__waiters waiting;
};
_Static_assert(sizeof(struct bide__mutex) <= sizeof(pthread_mutex_t), "a mutex fits");

/* 0; EBUSY: somebody has it; EDEADLK: the caller has; EAGAIN */
int bide__mutex_take(struct bide__mutex *m);
/* Whether the caller may unlock it. Anybody may unlock a normal mutex that is locked. */
bool bide__mutex_is_held(const struct bide__mutex *m);

/* ---------------------------------------------------------------- conditions (pthread_cond.c) */

/* What is in a pthread_cond_t. */
struct bide__cond {
    clockid_t clock;          /* NULL: CLOCK_REALTIME */
    bide__waiters waiting;
};
_Static_assert(sizeof(struct bide__cond) <= sizeof(pthread_cond_t), "a condition fits");

/* Let the mutex go, wait, and have it again, as often as it was locked. 0, ETIMEDOUT, ENOMEM, EINTR: cancelled */
int bide__cond_wait(bide__task *t, struct bide__cond *c, pthread_mutex_t *mutex, double seconds);

/* ---------------------------------------------------------------- read-write locks (pthread_rwlock.c) */

/* What is in a pthread_rwlock_t. */
struct bide__rwlock {
    uint32_t readers, writer; /* how many; 0: none. Never both */
    bide__waiters to_read, to_write;
};
_Static_assert(sizeof(struct bide__rwlock) <= sizeof(pthread_rwlock_t), "a read-write lock fits");

/* As bide__mutex_take. */
int bide__rwlock_take_to_read(struct bide__rwlock *l);
int bide__rwlock_take_to_write(struct bide__rwlock *l);

#endif
