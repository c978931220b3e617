/* test_pthread.c -- the locks of pthreads, C11 and POSIX's semaphores between tasks (wasm targets; natively libc's own are linked, which know threads alone). */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <time.h>

#ifdef __wasm__
#include <threads.h>

static struct timespec at(double seconds) {
    struct timespec now;
    CHECK_INT(clock_gettime(CLOCK_REALTIME, &now), 0);
    const double sum = (double)now.tv_nsec * 1e-9 + seconds;
    return (struct timespec){ now.tv_sec + (time_t)floor(sum), (long)((sum - floor(sum)) * 1e9) };
}

static bool is_now(double seconds) { return fabs(bide_loop_time(NULL) - seconds) < 1e-6; }

static pthread_mutex_t mutex_of(int type) {
    pthread_mutex_t m;
    pthread_mutexattr_t a;
    CHECK_INT(pthread_mutexattr_init(&a), 0);
    CHECK_INT(pthread_mutexattr_settype(&a, type), 0);
    CHECK_INT(pthread_mutex_init(&m, &a), 0);
    CHECK_INT(pthread_mutexattr_destroy(&a), 0);
    return m;
}

/* ---------------------------------------------------------------- mutexes */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int inside;

/* Hold the mutex for a second. */
static int holds(void *name) {
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    CHECK_INT(++inside, 1);
    if (name) LOG((const char *)name);
    const int rc = bide_sleep(1);
    inside--;
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    return rc;
}

TASK_TEST(pthread_mutex_is_held_by_one_task_and_first_come_is_first_served) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(holds, "a"), bide_create_task(holds, "b"), bide_create_task(holds, "c")), false, NULL), 0);
    CHECK_LOG("a b c");
    CHECK(is_now(3));
    CHECK_INT(pthread_mutex_destroy(&mutex), 0);
    return 0;
}

TASK_TEST(pthread_mutex_of_another_task_is_busy) {
    BIDE_AUTO bide_task *t = bide_create_task(holds, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(pthread_mutex_trylock(&mutex), EBUSY);
    CHECK_INT(pthread_mutex_destroy(&mutex), EBUSY);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_INT(pthread_mutex_trylock(&mutex), 0);
    CHECK_INT(pthread_mutex_trylock(&mutex), EBUSY);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), EPERM);
    return 0;
}

/* Nobody comes between the unlocking and the task that waits. */
TASK_TEST(pthread_mutex_is_handed_over) {
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    BIDE_AUTO bide_task *t = bide_create_task(holds, "task");
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(pthread_mutex_trylock(&mutex), EBUSY);
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    LOG("main");
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("task main");
    return 0;
}

TASK_TEST(pthread_mutex_lock_goes_on_when_cancelled_and_the_request_is_kept) {
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    BIDE_AUTO bide_task *t = bide_create_task(holds, "locked");
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK(!bide_future_done(t));
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("locked");
    CHECK(is_now(2));
    CHECK_INT(pthread_mutex_trylock(&mutex), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    return 0;
}

static int unlocks(void *m) { return pthread_mutex_unlock(m) == EPERM ? 0 : BIDE_EVALUE; }

TASK_TEST(pthread_mutex_types) {
    pthread_mutex_t recursive = mutex_of(PTHREAD_MUTEX_RECURSIVE), checked = mutex_of(PTHREAD_MUTEX_ERRORCHECK), normal = mutex_of(PTHREAD_MUTEX_NORMAL);
    for (int i = 0; i < 3; i++) CHECK_INT(pthread_mutex_lock(&recursive), 0);
    CHECK_INT(pthread_mutex_trylock(&recursive), 0);
    CHECK_CODE(bide_join(bide_create_task(unlocks, &recursive), NULL), 0);
    for (int i = 0; i < 4; i++) CHECK_INT(pthread_mutex_unlock(&recursive), 0);
    CHECK_INT(pthread_mutex_unlock(&recursive), EPERM);

    CHECK_INT(pthread_mutex_lock(&checked), 0);
    CHECK_INT(pthread_mutex_lock(&checked), EDEADLK);
    CHECK_INT(pthread_mutex_trylock(&checked), EBUSY);
    CHECK_CODE(bide_join(bide_create_task(unlocks, &checked), NULL), 0);
    CHECK_INT(pthread_mutex_unlock(&checked), 0);
    CHECK_INT(pthread_mutex_unlock(&checked), EPERM);

    struct timespec soon = at(1);
    CHECK_INT(pthread_mutex_lock(&normal), 0);
    CHECK_INT(pthread_mutex_timedlock(&normal, &soon), ETIMEDOUT);
    CHECK(is_now(1));
    CHECK_INT(pthread_mutex_unlock(&normal), 0);
    return 0;
}

static pthread_mutex_t recursive;

static int locks_twice(void *name) {
    CHECK_INT(pthread_mutex_lock(&recursive), 0);
    CHECK_INT(pthread_mutex_lock(&recursive), 0);
    LOG((const char *)name);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_INT(pthread_mutex_unlock(&recursive), 0);
    CHECK_CODE(bide_sleep(1), 0);
    LOG((const char *)name);
    CHECK_INT(pthread_mutex_unlock(&recursive), 0);
    return 0;
}

/* Named tasks have numbers, too. */
TASK_TEST(pthread_mutex_that_is_recursive_excludes_others) {
    recursive = mutex_of(PTHREAD_MUTEX_RECURSIVE);
    bide_task *a = bide_create_task_with(&(bide_task_options){ .name = "a" }, locks_twice, "a");
    bide_task *b = bide_create_task_with(&(bide_task_options){ .name = "b" }, locks_twice, "b");
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(a, b, bide_create_task(locks_twice, "c")), false, NULL), 0);
    CHECK_LOG("a a b b c c");
    return 0;
}

TASK_TEST(pthread_mutex_timedlock_ends_with_the_time_or_the_lock) {
    struct timespec soon = at(0.5), late = at(5), past = at(-5), bad = { .tv_nsec = 1000000000 };
    BIDE_AUTO bide_task *t = bide_create_task(holds, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(pthread_mutex_timedlock(&mutex, &bad), EINVAL);
    CHECK_INT(pthread_mutex_timedlock(&mutex, &past), ETIMEDOUT);
    CHECK(is_now(0));
    CHECK_INT(pthread_mutex_timedlock(&mutex, &soon), ETIMEDOUT);
    CHECK(is_now(0.5));
    CHECK_INT(pthread_mutex_timedlock(&mutex, &late), 0);
    CHECK(is_now(1));
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(pthread_mutex_timedlock(&mutex, &bad), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    return bide_await(t, NULL);
}

static int locks_in_callback(void *arg) {
    pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    CHECK_INT(pthread_mutex_lock(&own), 0);
    CHECK_INT(pthread_mutex_lock(&own), EDEADLK);
    CHECK_INT(pthread_mutex_unlock(&own), 0);
    CHECK_INT(pthread_mutex_lock(&mutex), EDEADLK);
    CHECK_INT(pthread_mutex_trylock(&mutex), EBUSY);
    LOG("called");
    return 0;
}

TASK_TEST(pthread_mutex_in_a_callback_is_taken_if_it_is_free) {
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    bide_handle *h = bide_loop_call_soon(NULL, locks_in_callback, NULL);
    CHECK_CODE(bide_sleep(1), 0);
    bide_handle_release(h);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_LOG("called");
    return 0;
}

TEST(pthread_locks_in_main_are_those_of_one_thread) {
    pthread_mutex_t checked = mutex_of(PTHREAD_MUTEX_ERRORCHECK), again = mutex_of(PTHREAD_MUTEX_RECURSIVE);
    pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
    pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
    pthread_barrier_t barrier;
    pthread_spinlock_t spin;
    struct timespec soon = at(0.001);
    CHECK_INT(pthread_mutex_lock(&checked), 0);
    CHECK_INT(pthread_mutex_lock(&checked), EDEADLK);
    CHECK_INT(pthread_mutex_unlock(&checked), 0);
    CHECK_INT(pthread_mutex_lock(&again), 0);
    CHECK_INT(pthread_mutex_lock(&again), 0);
    CHECK_INT(pthread_cond_signal(&cond), 0);
    CHECK_INT(pthread_cond_broadcast(&cond), 0);
    CHECK_INT(pthread_cond_timedwait(&cond, &again, &soon), ETIMEDOUT);
    CHECK_INT(pthread_cond_wait(&cond, &checked), EPERM);
    CHECK_INT(pthread_rwlock_rdlock(&rw), 0);
    CHECK_INT(pthread_rwlock_wrlock(&rw), EDEADLK);
    CHECK_INT(pthread_rwlock_unlock(&rw), 0);
    CHECK_INT(pthread_barrier_init(&barrier, NULL, 2), 0);
    CHECK_INT(pthread_barrier_wait(&barrier), EDEADLK);
    CHECK_INT(pthread_barrier_destroy(&barrier), 0);
    CHECK_INT(pthread_spin_init(&spin, 0), 0);
    CHECK_INT(pthread_spin_lock(&spin), 0);
    CHECK_INT(pthread_spin_lock(&spin), EDEADLK);
    CHECK_INT(pthread_spin_unlock(&spin), 0);
    CHECK_INT(sched_yield(), 0);
}

/* ---------------------------------------------------------------- conditions */

static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int items;

static int takes(void *name) {
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    while (items == 0) CHECK_INT(pthread_cond_wait(&cond, &mutex), 0);
    items--;
    LOG((const char *)name);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    return 0;
}

TASK_TEST(pthread_cond_signal_lets_one_go_on_and_broadcast_all) {
    BIDE_AUTO bide_task *a = bide_create_task(takes, "a"), *b = bide_create_task(takes, "b"), *c = bide_create_task(takes, "c");
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_INT(pthread_cond_destroy(&cond), EBUSY);
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    items = 1;
    CHECK_INT(pthread_cond_signal(&cond), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("a");
    items = 2;
    CHECK_INT(pthread_cond_broadcast(&cond), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("b c");
    CHECK(bide_future_done(a) && bide_future_done(b) && bide_future_done(c));
    CHECK_INT(pthread_cond_destroy(&cond), 0);
    return 0;
}

static int waits_once(void *should_be) {
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    CHECK_INT(pthread_cond_wait(&cond, &mutex), *(int *)should_be);
    CHECK_INT(pthread_mutex_trylock(&mutex), EBUSY);
    LOG("waited");
    CHECK_CODE(bide_sleep(0), *(int *)should_be == 0 ? 0 : BIDE_ECANCELED);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    return 0;
}

TASK_TEST(pthread_cond_wait_has_the_mutex_when_it_returns_as_soon_as_that_is_free) {
    int rc = 0;
    BIDE_AUTO bide_task *t = bide_create_task(waits_once, &rc);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    CHECK_INT(pthread_cond_signal(&cond), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("");
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("waited");
    return 0;
}

TASK_TEST(pthread_cond_wait_of_a_cancelled_task_has_the_mutex_and_the_request_is_kept) {
    int rc = EINTR;
    BIDE_AUTO bide_task *t = bide_create_task(waits_once, &rc);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("");
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("waited");
    CHECK_INT(pthread_cond_destroy(&cond), 0);
    return 0;
}

/* A signal that comes before the cancel request, or in the same turn, is not lost. */
TASK_TEST(pthread_cond_signal_and_cancel_in_one_turn) {
    BIDE_AUTO bide_task *t = bide_create_task(takes, "t"), *u = bide_create_task(takes, "u");
    CHECK_CODE(bide_sleep(1), 0);
    items = 1;
    CHECK_INT(pthread_cond_signal(&cond), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("t");
    items = 1;
    CHECK_INT(pthread_cond_signal(&cond), 0);
    CHECK_CODE(bide_await(u, NULL), 0);
    CHECK_LOG("u");
    CHECK(bide_future_done(t));
    return 0;
}

static pthread_cond_t cond_on(clockid_t clock) {
    pthread_cond_t c;
    pthread_condattr_t a;
    CHECK_INT(pthread_condattr_init(&a), 0);
    CHECK_INT(pthread_condattr_setclock(&a, clock), 0);
    CHECK_INT(pthread_cond_init(&c, &a), 0);
    return c;
}

static int signals_in_a_second(void *c) {
    CHECK_CODE(bide_sleep(1), 0);
    return pthread_cond_signal(c);
}

TASK_TEST(pthread_cond_timedwait_knows_its_clock) {
    pthread_cond_t monotonic = cond_on(CLOCK_MONOTONIC), real = cond_on(CLOCK_REALTIME);
    struct timespec by_monotonic, by_day = at(4), bad = { .tv_nsec = -1 };
    CHECK_INT(clock_gettime(CLOCK_MONOTONIC, &by_monotonic), 0);
    by_monotonic.tv_sec += 2;
    CHECK_INT(pthread_cond_timedwait(&real, &mutex, &by_day), EPERM);
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    CHECK_INT(pthread_cond_timedwait(&real, &mutex, &bad), EINVAL);
    CHECK_INT(pthread_cond_timedwait(&monotonic, &mutex, &by_monotonic), ETIMEDOUT);
    CHECK(is_now(2));
    BIDE_AUTO bide_task *t = bide_create_task(signals_in_a_second, &real);
    CHECK_INT(pthread_cond_timedwait(&real, &mutex, &by_day), 0);
    CHECK(is_now(3));
    CHECK_INT(pthread_cond_timedwait(&real, &mutex, &by_day), ETIMEDOUT);
    CHECK(is_now(4));
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    return bide_await(t, NULL);
}

static int locks_the_recursive(void *arg) {
    CHECK_INT(pthread_mutex_lock(&recursive), 0);
    LOG("in between");
    CHECK_INT(pthread_cond_signal(&cond), 0);
    return pthread_mutex_unlock(&recursive);
}

TASK_TEST(pthread_cond_wait_lets_a_recursive_mutex_go_whole) {
    recursive = mutex_of(PTHREAD_MUTEX_RECURSIVE);
    CHECK_INT(pthread_mutex_lock(&recursive), 0);
    CHECK_INT(pthread_mutex_lock(&recursive), 0);
    BIDE_AUTO bide_task *t = bide_create_task(locks_the_recursive, NULL);
    CHECK_INT(pthread_cond_wait(&cond, &recursive), 0);
    CHECK_LOG("in between");
    CHECK_INT(pthread_mutex_unlock(&recursive), 0);
    CHECK_INT(pthread_mutex_unlock(&recursive), 0);
    CHECK_INT(pthread_mutex_unlock(&recursive), EPERM);
    return bide_await(t, NULL);
}

static int waits_in_callback(void *arg) {
    pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
    struct timespec soon = at(1);
    CHECK_INT(pthread_mutex_lock(&own), 0);
    CHECK_INT(pthread_cond_wait(&cond, &own), EDEADLK);
    CHECK_INT(pthread_cond_timedwait(&cond, &own, &soon), EDEADLK);
    CHECK_INT(pthread_mutex_unlock(&own), 0);
    LOG("called");
    return 0;
}

TASK_TEST(pthread_cond_wait_in_a_callback_fails) {
    bide_handle *h = bide_loop_call_soon(NULL, waits_in_callback, NULL);
    CHECK_CODE(bide_sleep(1), 0);
    bide_handle_release(h);
    CHECK_LOG("called");
    return 0;
}

/* ---------------------------------------------------------------- read-write locks */

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;

static int reads(void *name) {
    CHECK_INT(pthread_rwlock_rdlock(&rw), 0);
    LOG((const char *)name);
    CHECK_CODE(bide_sleep(1), 0);
    return pthread_rwlock_unlock(&rw);
}

static int writes(void *name) {
    CHECK_INT(pthread_rwlock_wrlock(&rw), 0);
    CHECK_INT(pthread_rwlock_wrlock(&rw), EDEADLK);
    CHECK_INT(pthread_rwlock_rdlock(&rw), EDEADLK);
    CHECK_INT(pthread_rwlock_trywrlock(&rw), EBUSY);
    CHECK_INT(pthread_rwlock_tryrdlock(&rw), EBUSY);
    LOG((const char *)name);
    CHECK_CODE(bide_sleep(1), 0);
    return pthread_rwlock_unlock(&rw);
}

TASK_TEST(pthread_rwlock_lets_many_read_or_one_write) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(reads, "r1"), bide_create_task(reads, "r2"), bide_create_task(writes, "w1"),
                                             bide_create_task(writes, "w2"), bide_create_task(reads, "r3")), false, NULL), 0);
    CHECK_LOG("r1 r2 r3 w1 w2");
    CHECK(is_now(3));
    CHECK_INT(pthread_rwlock_unlock(&rw), EPERM);
    CHECK_INT(pthread_rwlock_destroy(&rw), 0);
    return 0;
}

TASK_TEST(pthread_rwlock_lets_all_readers_go_behind_a_writer) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(writes, "w1"), bide_create_task(reads, "r1"), bide_create_task(writes, "w2"),
                                             bide_create_task(reads, "r2")), false, NULL), 0);
    CHECK_LOG("w1 r1 r2 w2");
    CHECK(is_now(3));
    return 0;
}

static int unlocks_what_another_writes(void *arg) {
    CHECK_INT(pthread_rwlock_unlock(&rw), EPERM);
    CHECK_INT(pthread_rwlock_tryrdlock(&rw), EBUSY);
    CHECK_INT(pthread_rwlock_trywrlock(&rw), EBUSY);
    struct timespec soon = at(0.5), late = at(5), bad = { .tv_nsec = -1 };
    CHECK_INT(pthread_rwlock_timedrdlock(&rw, &bad), EINVAL);
    CHECK_INT(pthread_rwlock_timedrdlock(&rw, &soon), ETIMEDOUT);
    CHECK_INT(pthread_rwlock_timedwrlock(&rw, &soon), ETIMEDOUT);
    CHECK(is_now(0.5));
    CHECK_INT(pthread_rwlock_timedrdlock(&rw, &late), 0);
    CHECK(is_now(1));
    CHECK_INT(pthread_rwlock_timedwrlock(&rw, &late), ETIMEDOUT);
    CHECK(is_now(5));
    CHECK_INT(pthread_rwlock_tryrdlock(&rw), 0);
    CHECK_INT(pthread_rwlock_unlock(&rw), 0);
    return pthread_rwlock_unlock(&rw);
}

TASK_TEST(pthread_rwlock_timed) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(writes, "w"), bide_create_task(unlocks_what_another_writes, NULL)), false, NULL), 0);
    CHECK_LOG("w");
    CHECK_INT(pthread_rwlock_trywrlock(&rw), 0);
    CHECK_INT(pthread_rwlock_unlock(&rw), 0);
    return 0;
}

/* ---------------------------------------------------------------- once, spin locks, barriers, yielding */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int initialised;

static void initialises(void) {
    CHECK_CODE(bide_sleep(1), 0);
    initialised++;
}

static int uses_what_is_initialised(void *arg) {
    CHECK_INT(pthread_once(&once, initialises), 0);
    CHECK_INT(initialised, 1);
    return 0;
}

TASK_TEST(pthread_once_is_waited_for) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(uses_what_is_initialised, NULL), bide_create_task(uses_what_is_initialised, NULL),
                                             bide_create_task(uses_what_is_initialised, NULL)), false, NULL), 0);
    CHECK(is_now(1));
    return uses_what_is_initialised(NULL);
}

static pthread_spinlock_t spin;

static int spins(void *arg) {
    CHECK_INT(pthread_spin_lock(&spin), 0);
    CHECK_INT(++inside, 1);
    CHECK_INT(pthread_spin_trylock(&spin), EBUSY);
    CHECK_CODE(bide_sleep(1), 0);
    inside--;
    return pthread_spin_unlock(&spin);
}

TASK_TEST(pthread_spin_lock_suspends) {
    CHECK_INT(pthread_spin_init(&spin, 0), 0);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(spins, NULL), bide_create_task(spins, NULL), bide_create_task(spins, NULL)), false, NULL), 0);
    CHECK(is_now(3));
    return 0;
}

static pthread_barrier_t barrier;
static int last_ones;

static int meets(void *arg) {
    for (int round = 1; round <= 2; round++) {
        inside++;
        const int rc = pthread_barrier_wait(&barrier);
        CHECK(rc == 0 || rc == PTHREAD_BARRIER_SERIAL_THREAD);
        CHECK_INT(inside, round * 3);
        if (rc != 0) last_ones++;
        CHECK_CODE(bide_sleep(1), 0);
    }
    return 0;
}

TASK_TEST(pthread_barrier_lets_all_go_together) {
    inside = 0;
    CHECK_INT(pthread_barrier_init(&barrier, NULL, 0), EINVAL);
    CHECK_INT(pthread_barrier_init(&barrier, NULL, 3), 0);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(meets, NULL), bide_create_task(meets, NULL), bide_create_task(meets, NULL)), false, NULL), 0);
    CHECK_INT(last_ones, 2);
    inside = 0;
    return pthread_barrier_destroy(&barrier);
}

static bool flag;

static int sets_flag(void *arg) {
    flag = true;
    return 0;
}

TASK_TEST(sched_yield_lets_others_run) {
    BIDE_AUTO bide_task *t = bide_create_task(sets_flag, NULL);
    while (!flag) CHECK_INT(sched_yield(), 0);
    flag = false;
    BIDE_AUTO bide_task *u = bide_create_task(sets_flag, NULL);
    while (!flag) thrd_yield();
    return bide_gather_join(BIDE_FUTURES(bide_retain(t), bide_retain(u)), false, NULL);
}

/* ---------------------------------------------------------------- semaphores */

static sem_t semaphore;

static int waits_for_semaphore(void *name) {
    if (sem_wait(&semaphore) != 0) return CHECK_INT(errno, EINTR), LOG("cut short"), bide_sleep(1);
    LOG((const char *)name);
    return 0;
}

TASK_TEST(semaphore_counts_and_first_come_is_first_served) {
    int value = -1;
    CHECK_INT(sem_init(&semaphore, 0, 1), 0);
    BIDE_AUTO bide_task *a = bide_create_task(waits_for_semaphore, "a"), *b = bide_create_task(waits_for_semaphore, "b"), *c = bide_create_task(waits_for_semaphore, "c");
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_LOG("a");
    CHECK_INT(sem_destroy(&semaphore), -1);
    bide_task_cancel(b);
    CHECK_CODE(bide_await(b, NULL), BIDE_ECANCELED);
    CHECK_LOG("cut short");
    CHECK_INT(sem_post(&semaphore), 0);
    CHECK_INT(sem_post(&semaphore), 0);
    CHECK_CODE(bide_await(c, NULL), 0);
    CHECK_LOG("c");
    CHECK_INT(sem_getvalue(&semaphore, &value), 0);
    CHECK_INT(value, 1);
    CHECK_INT(sem_trywait(&semaphore), 0);
    CHECK_INT(sem_trywait(&semaphore), -1);
    CHECK_INT(errno, EAGAIN);
    struct timespec soon = at(1), bad = { .tv_nsec = -1 };
    CHECK_INT(sem_timedwait(&semaphore, &bad), -1);
    CHECK_INT(errno, EINVAL);
    CHECK_INT(sem_timedwait(&semaphore, &soon), -1);
    CHECK_INT(errno, ETIMEDOUT);
    CHECK(is_now(2));
    CHECK_INT(sem_destroy(&semaphore), 0);
    return bide_await(a, NULL);
}

TEST(semaphore_in_main_does_not_wait) {
    CHECK_INT(sem_init(&semaphore, 0, UINT32_MAX), -1);
    CHECK_INT(errno, EINVAL);
    CHECK_INT(sem_init(&semaphore, 0, 1), 0);
    CHECK_INT(sem_wait(&semaphore), 0);
    CHECK_INT(sem_wait(&semaphore), -1);
    CHECK_INT(errno, EDEADLK);
    CHECK_INT(sem_post(&semaphore), 0);
    CHECK_INT(sem_wait(&semaphore), 0);
    CHECK_INT(sem_init(&semaphore, 0, INT32_MAX), 0);
    CHECK_INT(sem_post(&semaphore), -1);
    CHECK_INT(errno, EOVERFLOW);
}

/* ---------------------------------------------------------------- who runs, and what it has of its own */

static pthread_key_t key, plain_key;
static pthread_t selves[3];

static void destroys(void *value) {
    LOG(value);
    CHECK(pthread_getspecific(key) == NULL);
    CHECK_CODE(bide_sleep(1), BIDE_ERUNTIME);
    if (strcmp(value, "b") == 0) CHECK_INT(pthread_setspecific(key, "b again"), 0);
}

static int has_its_own(void *arg) {
    const char *name = arg;
    CHECK(pthread_getspecific(key) == NULL);
    CHECK_INT(pthread_setspecific(key, name), 0);
    CHECK_INT(pthread_setspecific(plain_key, name + 1), 0);
    selves[name[0] - 'a'] = pthread_self();
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_TEXT(pthread_getspecific(key), name);
    CHECK(pthread_getspecific(plain_key) == name + 1);
    CHECK(pthread_equal(selves[name[0] - 'a'], pthread_self()) && thrd_equal(thrd_current(), (thrd_t)pthread_self()));
    if (name[0] == 'c') CHECK_INT(pthread_setspecific(key, NULL), 0);
    return 0;
}

TASK_TEST(pthread_keys_have_a_value_for_each_task_which_is_destroyed_at_its_end) {
    const pthread_t self = pthread_self();
    CHECK_INT(pthread_key_create(&key, destroys), 0);
    CHECK_INT(pthread_key_create(&plain_key, NULL), 0);
    bide_task *a = bide_create_task(has_its_own, "a"), *c = bide_create_task(has_its_own, "c");
    bide_task *b = bide_create_task_with(&(bide_task_options){ .name = "b" }, has_its_own, "b");
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(a, b, c), false, NULL), 0);
    CHECK_LOG("a b b again");
    CHECK(!pthread_equal(selves[0], selves[1]) && !pthread_equal(selves[1], selves[2]) && !pthread_equal(selves[0], self));
    CHECK(pthread_equal(self, pthread_self()));
    CHECK(pthread_getspecific(key) == NULL);
    CHECK_INT(pthread_setspecific(key, "main task"), 0);
    CHECK_INT(pthread_key_delete(key), 0);
    CHECK_INT(pthread_key_delete(plain_key), 0);
    return 0;
}

static int quiet(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

static int keeps_until_closed(void *arg) {
    CHECK_INT(pthread_setspecific(key, "abandoned"), 0);
    return bide_sleep(1000);
}

TEST(pthread_keys_of_an_abandoned_task_are_destroyed) {
    bide_loop *loop = bide_new_event_loop();
    double second = 1;
    CHECK_INT(pthread_key_create(&key, destroys), 0);
    bide_loop_set_exception_handler(loop, quiet, NULL);
    bide_task *t = bide_loop_create_task(loop, keeps_until_closed, NULL);
    CHECK_CODE(bide_loop_run_until_complete_call(loop, test_sleeper, &second, NULL), 0);
    CHECK_LOG("");
    CHECK_CODE(bide_loop_close(loop), 0);
    CHECK_LOG("abandoned");
    bide_release(t);
    bide_loop_release(loop);
    CHECK_INT(pthread_key_delete(key), 0);
}

TEST(pthread_keys_in_main) {
    pthread_key_t keys[128], more;
    tss_t tss;
    CHECK(pthread_equal(pthread_self(), pthread_self()));
    for (int i = 0; i < 128; i++) CHECK_INT(pthread_key_create(&keys[i], NULL), 0);
    CHECK_INT(pthread_key_create(&more, NULL), EAGAIN);
    CHECK_INT(tss_create(&tss, NULL), thrd_error);
    CHECK_INT(pthread_setspecific(keys[127], &more), 0);
    CHECK(pthread_getspecific(keys[127]) == &more);
    for (int i = 0; i < 128; i++) CHECK_INT(pthread_key_delete(keys[i]), 0);
    CHECK_INT(pthread_key_delete(keys[0]), EINVAL);
    CHECK_INT(pthread_setspecific(keys[0], &more), EINVAL);
    CHECK_INT(pthread_setspecific(1000, &more), EINVAL);
    CHECK(pthread_getspecific(1000) == NULL);
    CHECK_INT(tss_create(&tss, NULL), thrd_success);
    CHECK(tss_get(tss) == NULL);
    CHECK_INT(tss_set(tss, &more), thrd_success);
    CHECK(tss_get(tss) == &more);
    tss_delete(tss);
}

TASK_TEST(pthread_setspecific_without_memory_fails) {
    CHECK_INT(pthread_key_create(&key, NULL), 0);
    alloc_fail_at(1);
    CHECK_INT(pthread_setspecific(key, "value"), ENOMEM);
    CHECK(alloc_failed());
    alloc_fail_at(0);
    CHECK(pthread_getspecific(key) == NULL);
    CHECK_INT(pthread_setspecific(key, "value"), 0);
    CHECK_TEXT(pthread_getspecific(key), "value");
    return pthread_key_delete(key);
}

/* The timer of a timed wait is in the loop's heap, which grows. */
TASK_TEST(pthread_timed_waits_without_memory_fail_and_leave_nothing) {
    struct timespec late = at(100);
    CHECK_INT(pthread_mutex_lock(&mutex), 0);
    alloc_fail_at(1);
    CHECK_INT(pthread_mutex_timedlock(&mutex, &late), ENOMEM);
    CHECK(alloc_failed());
    alloc_fail_at(1);
    CHECK_INT(pthread_cond_timedwait(&cond, &mutex, &late), ENOMEM);
    CHECK(alloc_failed());
    alloc_fail_at(0);
    CHECK_INT(pthread_cond_destroy(&cond), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(pthread_mutex_unlock(&mutex), EPERM);
    return 0;
}

/* ---------------------------------------------------------------- C11 */

static mtx_t plain;
static cnd_t changed;
static once_flag c11_once = ONCE_FLAG_INIT;

static int holds_plain(void *arg) {
    call_once(&c11_once, initialises);
    CHECK_INT(mtx_lock(&plain), thrd_success);
    CHECK_INT(++inside, 1);
    CHECK_INT(mtx_trylock(&plain), thrd_busy);
    CHECK_CODE(bide_sleep(1), 0);
    inside--;
    CHECK_INT(mtx_unlock(&plain), thrd_success);
    return 0;
}

TASK_TEST(c11_mutex_is_held_by_one_task) {
    initialised = 0;
    CHECK_INT(mtx_init(&plain, mtx_plain), thrd_success);
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(holds_plain, NULL), bide_create_task(holds_plain, NULL)), false, NULL), 0);
    CHECK(is_now(3));
    CHECK_INT(initialised, 1);
    CHECK_INT(mtx_unlock(&plain), thrd_error);
    mtx_destroy(&plain);
    mtx_t again;
    CHECK_INT(mtx_init(&again, mtx_timed | mtx_recursive), thrd_success);
    CHECK_INT(mtx_lock(&again), thrd_success);
    CHECK_INT(mtx_lock(&again), thrd_success);
    struct timespec soon = at(1);
    CHECK_INT(mtx_timedlock(&again, &soon), thrd_success);
    CHECK_INT(mtx_init(&plain, mtx_timed), thrd_success);
    CHECK_INT(mtx_lock(&plain), thrd_success);
    CHECK_INT(mtx_timedlock(&plain, &soon), thrd_timedout);
    CHECK(is_now(4));
    CHECK_INT(mtx_unlock(&plain), thrd_success);
    return 0;
}

static int changes(void *arg) {
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_INT(cnd_signal(&changed), thrd_success);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_INT(cnd_broadcast(&changed), thrd_success);
    return 0;
}

TASK_TEST(c11_condition_waits) {
    CHECK_INT(mtx_init(&plain, mtx_plain), thrd_success);
    CHECK_INT(cnd_init(&changed), thrd_success);
    BIDE_AUTO bide_task *t = bide_create_task(changes, NULL);
    struct timespec soon = at(5);
    CHECK_INT(cnd_wait(&changed, &plain), thrd_error);
    CHECK_INT(mtx_lock(&plain), thrd_success);
    CHECK_INT(cnd_wait(&changed, &plain), thrd_success);
    CHECK(is_now(1));
    CHECK_INT(cnd_timedwait(&changed, &plain, &soon), thrd_success);
    CHECK(is_now(2));
    CHECK_INT(cnd_timedwait(&changed, &plain, &soon), thrd_timedout);
    CHECK(is_now(5));
    CHECK_INT(mtx_unlock(&plain), thrd_success);
    CHECK_INT(cnd_timedwait(&changed, &plain, &soon), thrd_error);
    cnd_destroy(&changed);
    return bide_await(t, NULL);
}

static int nothing(void *arg) { return 0; }

TEST(c11_threads_cannot_be_made) {
    thrd_t t = NULL;
    CHECK_INT(thrd_create(&t, nothing, NULL), thrd_error);
    CHECK_INT(thrd_join(t, NULL), thrd_error);
}

TEST_MAIN
#else
int main(void) {
    puts("libc's own locks are linked");
    return TEST_SKIPPED;
}
#endif
