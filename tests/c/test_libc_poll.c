/* test_libc_poll.c -- poll and select suspend the calling task alone (wasm targets; natively libc's own are linked).
 * stdin has "one\n". */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <unistd.h>

static int ticks;
static int ticker(void *arg) {
    for (ticks = 0;; ticks++) BIDE_TRY(bide_sleep(1));
}

TASK_TEST(libc_poll_of_nothing_is_a_sleep) {
    BIDE_AUTO bide_task *t = bide_create_task(ticker, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(poll(NULL, 0, 5500), 0);
    CHECK_INT(ticks, 5);
    CHECK_INT(select(0, NULL, NULL, NULL, &(struct timeval){ 3, 250000 }), 0);
    CHECK_INT(ticks, 8);
    CHECK_INT(pselect(0, NULL, NULL, NULL, &(struct timespec){ 1, 500000000 }, NULL), 0);
    CHECK_INT(ticks, 10);
    CHECK(bide_loop_time(NULL) == 10.25);
    return 0;
}

static int polls_often(void *done) {
    while (!*(bool *)done) CHECK_INT(poll(NULL, 0, 0), 0);
    LOG("polled");
    return 0;
}

TASK_TEST(libc_poll_without_time_gives_others_a_turn) {
    bool done = false;
    BIDE_AUTO bide_task *t = bide_create_task(polls_often, &done);
    for (int i = 0; i < 3; i++) CHECK_CODE(bide_sleep(0), 0);
    done = true;
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_LOG("polled");
    return 0;
}

TASK_TEST(libc_poll_of_output_is_ready_at_once) {
    struct pollfd fds[] = { { 1, POLLOUT, 7 }, { 2, POLLOUT | POLLIN, 7 }, { -1, POLLIN, 7 } };
    CHECK_INT(poll(fds, 1, -1), 1);
    CHECK_INT(fds[0].revents, POLLOUT);
    CHECK_INT(poll(fds + 2, 1, 10), 0);
    CHECK_INT(fds[2].revents, 0);
    return 0;
}

TASK_TEST(libc_poll_of_a_closed_descriptor_tells_so) {
    struct pollfd fds[] = { { 77, POLLIN, 0 }, { 1, POLLOUT, 0 } };
    CHECK_INT(poll(fds, 2, -1), 2);
    CHECK_INT(fds[0].revents, POLLNVAL);
    fd_set reads;
    FD_ZERO(&reads);
    FD_SET(77, &reads);
    errno = 0;
    CHECK_INT(select(78, &reads, NULL, NULL, NULL), -1);
    CHECK_INT(errno, EBADF);
    return 0;
}

static int waits_long(void *arg) {
    errno = 0;
    CHECK_INT(poll(NULL, 0, arg ? -1 : 100000), -1);
    CHECK_INT(errno, EINTR);
    LOG("interrupted");
    CHECK_INT(poll(NULL, 0, 1000), 0);
    return bide_sleep(1);
}

TASK_TEST(libc_poll_of_a_cancelled_task_is_interrupted) {
    BIDE_AUTO bide_task *t = bide_create_task(waits_long, NULL), *u = bide_create_task(waits_long, "");
    CHECK_CODE(bide_sleep(1), 0);
    bide_task_cancel(t);
    bide_task_cancel(u);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_CODE(bide_await(u, NULL), BIDE_ECANCELED);
    CHECK_LOG("interrupted interrupted");
    CHECK(bide_loop_time(NULL) == 2);
    return 0;
}

TASK_TEST(libc_select_of_a_bad_time_fails) {
    CHECK_INT(select(0, NULL, NULL, NULL, &(struct timeval){ 0, 1000000 }), -1);
    CHECK_INT(errno, EINVAL);
    CHECK_INT(select(-1, NULL, NULL, NULL, &(struct timeval){ 0, 1 }), -1);
    return 0;
}

static int polls_in_callback(void *arg) {
    CHECK_INT(poll(NULL, 0, 0), 0);
    errno = 0;
    CHECK_INT(poll(NULL, 0, 1), -1);
    CHECK_INT(errno, EDEADLK);
    LOG("called");
    return 0;
}

TASK_TEST(libc_poll_in_a_callback_does_not_wait) {
    bide_handle *h = bide_loop_call_soon(NULL, polls_in_callback, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_sleep(0), 0);
    bide_handle_release(h);
    CHECK_LOG("called");
    return 0;
}

TEST(libc_poll_works_in_main) {
    CHECK_INT(poll(NULL, 0, 10), 0);
    CHECK_INT(select(0, NULL, NULL, NULL, &(struct timeval){ 0, 10000 }), 0);
    CHECK_INT(poll(&(struct pollfd){ 1, POLLOUT, 0 }, 1, -1), 1);
}

static int waits_for_input(void *arg) {
    fd_set reads, writes;
    FD_ZERO(&reads);
    FD_ZERO(&writes);
    FD_SET(0, &reads);
    CHECK_INT(select(1, &reads, &writes, NULL, NULL), 1);
    CHECK(FD_ISSET(0, &reads));
    LOG("ready");
    return 0;
}

TASK_TEST(libc_select_waits_for_input_and_any_number_may) {
    struct pollfd both[] = { { 0, POLLIN, 0 }, { 0, POLLIN, 0 } };
    BIDE_AUTO bide_task *t = bide_create_task(waits_for_input, NULL), *u = bide_create_task(waits_for_input, NULL);
    CHECK_INT(poll(both, 2, -1), 2);
    CHECK_CODE(bide_await(t, NULL), 0);
    CHECK_CODE(bide_await(u, NULL), 0);
    CHECK_LOG("ready ready");
    char c;
    size_t got;
    CHECK_CODE(bide_read(0, &c, 1, &got), 0);
    CHECK(got == 1 && c == 'o');
    return 0;
}

#ifdef __wasm__
TEST_MAIN
#else
int main(void) {
    puts("libc's own poll is linked");
    return TEST_SKIPPED;
}
#endif
