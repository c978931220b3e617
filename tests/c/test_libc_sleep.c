/* test_libc_sleep.c -- sleep, usleep and nanosleep suspend the calling task alone (wasm targets; natively libc's own are linked). */
#include "test.h"

#include <errno.h>
#include <stdlib.h>
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
