/* test_libc_sleep.c -- libc's sleeps suspend the calling task alone (wasm targets; natively libc's own are linked). */
#include "test.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static int sleeps(void *arg) {
    CHECK_INT(sleep(2), 0);
    LOG("sleep");
    return 0;
}

static int sleeps_micro(void *arg) {
    CHECK_INT(usleep(1500000), 0);
    LOG("usleep");
    return 0;
}

static int sleeps_nano(void *arg) {
    struct timespec left = { 9, 9 };
    CHECK_INT(nanosleep(&(struct timespec){ .tv_sec = 1, .tv_nsec = 250000000 }, &left), 0);
    LOG("nanosleep");
    return 0;
}

TASK_TEST(libc_sleeps_run_concurrently) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(sleeps, NULL), bide_create_task(sleeps_micro, NULL),
                                             bide_create_task(sleeps_nano, NULL)), false, NULL), 0);
    CHECK_LOG("nanosleep usleep sleep");
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

static int sleeps_long(void *arg) {
    CHECK(sleep(100) > 0);
    LOG("cut short");
    return bide_sleep(1);
}

TASK_TEST(libc_sleep_of_a_cancelled_task_ends_early) {
    BIDE_AUTO bide_task *t = bide_create_task(sleeps_long, NULL);
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("cut short");
    CHECK(bide_loop_time(NULL) == 1);
    return 0;
}

TASK_TEST(libc_nanosleep_of_a_bad_time_fails) {
    errno = 0;
    CHECK_INT(nanosleep(&(struct timespec){ .tv_nsec = 1000000000 }, NULL), -1);
    CHECK_INT(errno, EINVAL);
    CHECK_INT(nanosleep(&(struct timespec){ .tv_sec = -1 }, NULL), -1);
    CHECK_INT(usleep(0), 0);
    CHECK_INT(sleep(0), 0);
    return 0;
}

static int sleeps_by_clock(void *arg) {
    CHECK_INT(clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){ .tv_sec = 1 }, NULL), 0);
    LOG("clock");
    return 0;
}

static int sleeps_by_thread(void *arg) {
    CHECK_INT(thrd_sleep(&(struct timespec){ .tv_nsec = 500000000 }, NULL), 0);
    LOG("thrd");
    return 0;
}

TASK_TEST(libc_other_sleeps_run_concurrently) {
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(sleeps_by_clock, NULL), bide_create_task(sleeps_by_thread, NULL)), false, NULL), 0);
    CHECK_LOG("thrd clock");
    CHECK(bide_loop_time(NULL) == 1);
    return 0;
}

/* A second later each time. */
static int ticks_by_the_clock(void *id) {
    struct timespec next;
    CHECK_INT(clock_gettime(*(clockid_t *)id, &next), 0);
    for (int i = 0; i < 3; i++) {
        next.tv_sec++;
        CHECK_INT(clock_nanosleep(*(clockid_t *)id, TIMER_ABSTIME, &next, NULL), 0);
    }
    return 0;
}

TASK_TEST(libc_clock_nanosleep_until_a_time_has_no_drift) {
    clockid_t monotonic = CLOCK_MONOTONIC, real = CLOCK_REALTIME;
    CHECK_CODE(ticks_by_the_clock(&monotonic), 0);
    CHECK(fabs(bide_loop_time(NULL) - 3) < 1e-6);
    CHECK_CODE(ticks_by_the_clock(&real), 0);
    CHECK(fabs(bide_loop_time(NULL) - 6) < 1e-6);
    CHECK_INT(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec){ .tv_sec = 0 }, NULL), 0);
    CHECK(fabs(bide_loop_time(NULL) - 6) < 1e-6);
    return 0;
}

static double seconds_of(clockid_t id) {
    struct timespec now;
    CHECK_INT(clock_gettime(id, &now), 0);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

TASK_TEST(libc_clocks_follow_the_virtual_clock) {
    struct timeval begin, end;
    const double monotonic = seconds_of(CLOCK_MONOTONIC);
    const time_t real = time(NULL);
    CHECK_INT(gettimeofday(&begin, NULL), 0);
    CHECK_CODE(bide_sleep(100), 0);
    CHECK_INT(gettimeofday(&end, NULL), 0);
    CHECK(fabs(seconds_of(CLOCK_MONOTONIC) - monotonic - 100) < 1e-6);
    CHECK_INT(time(NULL) - real, 100);
    CHECK_INT(end.tv_sec - begin.tv_sec, 100);
    return 0;
}

TEST(libc_clocks_never_go_back) {
    double before = seconds_of(CLOCK_MONOTONIC);
    for (int i = 0; i < 2; i++) {
        double seconds = 5 - i;
        CHECK_CODE(bide_run(test_sleeper, &seconds, NULL), 0);
        const double now = seconds_of(CLOCK_MONOTONIC);
        CHECK(now >= before);
        before = now;
    }
}

static int retries(void *arg) {
    struct timespec left = { .tv_sec = 10 };
    int interrupted = 0;
    while (nanosleep(&left, &left) != 0) {
        CHECK_INT(errno, EINTR);
        interrupted++;
    }
    CHECK_INT(interrupted, 1);
    LOG("slept");
    return bide_sleep(1);
}

TASK_TEST(libc_sleep_that_is_tried_again_after_a_cancel_goes_on) {
    BIDE_AUTO bide_task *t = bide_create_task(retries, NULL);
    CHECK_CODE(bide_sleep(4), 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_LOG("slept");
    CHECK(fabs(bide_loop_time(NULL) - 10) < 1e-6);
    return 0;
}

static int cancels_itself_twice(void *arg) {
    bide_task_cancel(bide_current_task());
    CHECK_INT(usleep(1), -1);
    CHECK_INT(usleep(1), 0);
    bide_task_cancel(bide_current_task());
    CHECK_INT(usleep(1), -1);
    CHECK_CODE(bide_sleep(0.5), BIDE_ECANCELED);
    CHECK_INT(usleep(1), 0);
    return 0;
}

TASK_TEST(libc_sleep_is_cut_short_once_for_each_cancel) {
    return bide_join(bide_create_task(cancels_itself_twice, NULL), NULL);
}

static int sleeps_in_callback(void *arg) {
    errno = 0;
    CHECK_INT(usleep(1000), -1);
    CHECK_INT(errno, EDEADLK);
    CHECK_INT(clock_nanosleep(CLOCK_REALTIME, 0, &(struct timespec){ .tv_sec = 1 }, NULL), EDEADLK);
    CHECK_INT(thrd_sleep(&(struct timespec){ .tv_sec = 1 }, NULL), -2);
    LOG("called");
    return 0;
}

static int naps(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 1) sleep(2);
    return bide_sleep(1);
}

static int naps_too_long(void *arg) { return sleep(2) == 0 ? 0 : arg ? bide_raise(BIDE_EOS, "too long") : 0; }

/* The sleep can't answer BIDE_ECANCELED. So the block does, if nothing else tells of it. */
TASK_TEST(libc_sleep_in_a_timeout_that_strikes_ends_with_the_timeout) {
    CHECK_CODE(bide_call(naps, NULL, NULL), BIDE_ETIMEDOUT);
    CHECK_CODE(bide_wait_for_call(naps_too_long, NULL, 1, NULL), BIDE_ETIMEDOUT);
    CHECK_CODE(bide_wait_for_call(naps_too_long, "", 1, NULL), BIDE_EOS);
    CHECK(bide_loop_time(NULL) == 3);
    CHECK_INT(bide_task_cancelling(bide_current_task()), 0);
    CHECK_CODE(bide_sleep(1), 0);
    return 0;
}

TASK_TEST(libc_sleep_in_a_callback_fails) {
    bide_handle *h = bide_loop_call_soon(NULL, sleeps_in_callback, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_sleep(0), 0);
    bide_handle_release(h);
    CHECK_LOG("called");
    return 0;
}

TASK_TEST(libc_clock_nanosleep_of_a_bad_clock_or_time_fails) {
    CHECK_INT(clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){ .tv_nsec = -1 }, NULL), EINVAL);
    CHECK_INT(clock_nanosleep(CLOCK_MONOTONIC, 99, &(struct timespec){ .tv_nsec = 1 }, NULL), EINVAL);
#ifdef __wasm__
    CHECK_INT(clock_nanosleep(NULL, 0, &(struct timespec){ .tv_nsec = 1 }, NULL), EINVAL);
#endif
    CHECK_INT(thrd_sleep(&(struct timespec){ .tv_nsec = 1000000000 }, NULL), -2);
    return 0;
}

TEST(libc_sleep_works_in_main) {
    CHECK_INT(sleep(3), 0);
    CHECK_INT(usleep(10), 0);
}

#ifdef __wasm__
TEST_MAIN
#else
int main(void) {
    puts("libc's own sleep is linked");
    return TEST_SKIPPED;
}
#endif
