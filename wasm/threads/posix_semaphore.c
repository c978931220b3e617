/* posix_semaphore.c -- semaphores of POSIX. A post is handed to the task that has waited longest. A wait that is cancelled fails with EINTR. */
#include "locks.h"

#include <limits.h>
#include <semaphore.h>

/* What is in a sem_t. */
struct sem { uint32_t value; bide__waiters waiting; };
_Static_assert(sizeof(struct sem) <= sizeof(sem_t), "a semaphore fits");

static struct sem *sem_of(sem_t *s) { return (struct sem *)s; }
static int sem_fail(int error) { return errno = error, -1; }

int sem_init(sem_t *s, int between_processes, unsigned value) {
    (void)between_processes;
    if (value > INT_MAX) return sem_fail(EINVAL);
    *sem_of(s) = (struct sem){ .value = value };
    return 0;
}

int sem_destroy(sem_t *s) { return sem_of(s)->waiting.first ? sem_fail(EBUSY) : 0; }
int sem_getvalue(sem_t *restrict s, int *restrict value) { return *value = (int)sem_of(s)->value, 0; }

int sem_post(sem_t *s) {
    if (bide__lock_next(&sem_of(s)->waiting)) return 0;
    if (sem_of(s)->value == INT_MAX) return sem_fail(EOVERFLOW);
    return sem_of(s)->value++, 0;
}

int sem_trywait(sem_t *s) {
    if (sem_of(s)->value == 0) return sem_fail(EAGAIN);
    return sem_of(s)->value--, 0;
}

static int sem_wait_for(sem_t *s, double seconds) {
    bide__task *t = bide__libc_self();
    if (!t) return sem_fail(EDEADLK);
    const int rc = bide__libc_wait(t, &sem_of(s)->waiting, seconds, "a semaphore");
    return rc == 0 ? 0 : sem_fail(rc == BIDE_ETIMEDOUT ? ETIMEDOUT : bide__libc_errno(rc));
}

int sem_wait(sem_t *s) { return sem_of(s)->value > 0 ? sem_trywait(s) : sem_wait_for(s, INFINITY); }
BIDE__SUSPENDS(sem_wait);

int sem_timedwait(sem_t *restrict s, const struct timespec *restrict time) {
    if (sem_of(s)->value > 0) return sem_trywait(s);
    return bide__libc_is_time(time) ? sem_wait_for(s, bide__libc_until(CLOCK_REALTIME, time)) : sem_fail(EINVAL);
}
BIDE__SUSPENDS(sem_timedwait);
