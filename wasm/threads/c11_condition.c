/* c11_condition.c -- condition variables of C11, which are those of pthreads. */
#include "locks.h"

#include <threads.h>

_Static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t), "they are alike");

int cnd_init(cnd_t *cond) { return pthread_cond_init((pthread_cond_t *)cond, NULL) == 0 ? thrd_success : thrd_error; }
void cnd_destroy(cnd_t *cond) { (void)cond; }
int cnd_signal(cnd_t *cond) { return pthread_cond_signal((pthread_cond_t *)cond) == 0 ? thrd_success : thrd_error; }
int cnd_broadcast(cnd_t *cond) { return pthread_cond_broadcast((pthread_cond_t *)cond) == 0 ? thrd_success : thrd_error; }

int cnd_wait(cnd_t *cond, mtx_t *mutex) {
    return pthread_cond_wait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex) == 0 ? thrd_success : thrd_error;
}
BIDE__SUSPENDS(cnd_wait);
