/* c11_threads.c -- what else threads.h declares. Nobody can make a thread, so thrd_create fails. */
#include "link.h"

#include <pthread.h>
#include <threads.h>

int thrd_create(thrd_t *thread, thrd_start_t fn, void *arg) { return (void)thread, (void)fn, (void)arg, thrd_error; }
int thrd_join(thrd_t thread, int *result) { return (void)thread, (void)result, thrd_error; }

void thrd_yield(void) { sched_yield(); }
BIDE__SUSPENDS(thrd_yield);

void call_once(once_flag *once, void (*init)(void)) { pthread_once(once, init); }
BIDE__SUSPENDS(call_once);

int tss_create(tss_t *key, tss_dtor_t destructor) { return pthread_key_create(key, destructor) == 0 ? thrd_success : thrd_error; }
int tss_set(tss_t key, void *value) { return pthread_setspecific(key, value) == 0 ? thrd_success : thrd_error; }
void tss_delete(tss_t key) { pthread_key_delete(key); }
