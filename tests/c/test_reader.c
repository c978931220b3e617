/* test_reader.c -- descriptors: bide_read and readers on stdin, which holds "first\nsecond\n"; a file. */
#include "test.h"

#include <fcntl.h>
#include <unistd.h>

static int count;
static int ticks(void *arg) {
    for (;;) {
        BIDE_TRY(bide_sleep(0));
        count++;
    }
}

static int other_reader(void *arg) { return 0; }

TASK_TEST(read_of_a_bad_descriptor_is_an_os_error) {
    char c;
    size_t got = 9;
    CHECK_CODE(bide_read(-1, &c, 1, &got), BIDE_EOS);
    CHECK_INT(got, 0);
    CHECK(strlen(bide_last_message()) > 0);
    CHECK_CODE(bide_loop_add_reader(NULL, -1, other_reader, NULL), BIDE_EOS);
    CHECK(!bide_loop_remove_reader(NULL, 5));
    return 0;
}

TASK_TEST(read_of_a_closed_descriptor_is_an_os_error) {
    char c;
    size_t got = 9;
    CHECK_CODE(bide_read(99, &c, 1, &got), BIDE_EOS);
    CHECK_INT(got, 0);
    CHECK(strlen(bide_last_message()) > 0);
    return 0;
}

/* Stdin would wait; nobody waits for a file. */
TASK_TEST(read_of_a_file_ends_at_its_end) {
    char text[16];
    size_t got, total = 0;
    const int fd = open("no_main.c", O_RDONLY);
    CHECK(fd >= 0);
    do {
        CHECK_CODE(bide_read(fd, text, sizeof text, &got), 0);
        total += got;
    } while (got > 0);
    CHECK_INT(total, lseek(fd, 0, SEEK_END));
    CHECK_CODE(bide_loop_add_reader(NULL, fd, other_reader, NULL), 0);
    CHECK(bide_loop_remove_reader(NULL, fd));
    close(fd);
    return 0;
}

static int reads_a_byte(void *arg) {
    char c;
    size_t got;
    return bide_read(0, &c, 1, &got);
}

TASK_TEST(read_by_two_at_once_is_a_runtime_error) {
    BIDE_AUTO bide_task *t = bide_create_task(reads_a_byte, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    if (bide_future_done(t)) return 0;
    CHECK_CODE(reads_a_byte(NULL), BIDE_ERUNTIME);
    CHECK_CODE(bide_loop_add_reader(NULL, 0, other_reader, NULL), BIDE_ERUNTIME);
    CHECK(!bide_loop_remove_reader(NULL, 0));
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    return 0;
}

static int fired;
static int on_readable(void *arg) {
    if (++fired == 2) CHECK_CODE(bide_future_set_result(arg, bide_i64(1)), 0);
    return 0;
}

TASK_TEST(reader_is_called_until_removed) {
    BIDE_AUTO bide_future *twice = bide_future_new(NULL);
    fired = 0;
    CHECK_CODE(bide_loop_add_reader(NULL, 0, other_reader, NULL), 0);
    CHECK_CODE(bide_loop_add_reader(NULL, 0, on_readable, twice), 0);
    CHECK_CODE(bide_await(twice, NULL), 0);
    CHECK(bide_loop_remove_reader(NULL, 0));
    CHECK(!bide_loop_remove_reader(NULL, 0));
    const int before = fired;
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_INT(fired, before);
    return 0;
}

static bide_context_var var = BIDE_CONTEXT_VAR_I64("var", 0);

/* Counts in its context, and removes itself when it has seen 12. */
static int counts_in_context(void *done) {
    bide_value v;
    BIDE_TRY(bide_context_var_get(&var, &v));
    BIDE_TRY(bide_context_var_set(&var, bide_i64(v.i64 + 1), NULL));
    if (v.i64 < 12) return 0;
    CHECK(bide_loop_remove_reader(NULL, 0));
    return bide_future_set_result(done, v);
}

TASK_TEST(reader_runs_in_the_context_of_its_registration) {
    BIDE_AUTO bide_future *done = bide_future_new(NULL);
    bide_value v;
    CHECK_CODE(bide_context_var_set(&var, bide_i64(1), NULL), 0);
    CHECK_CODE(bide_loop_add_reader(NULL, 0, other_reader, NULL), 0);
    CHECK_CODE(bide_context_var_set(&var, bide_i64(10), NULL), 0);
    CHECK_CODE(bide_loop_add_reader(NULL, 0, counts_in_context, done), 0);
    CHECK_CODE(bide_context_var_set(&var, bide_i64(50), NULL), 0);
    CHECK_CODE(bide_await(done, NULL), 0);
    CHECK_CODE(bide_context_var_get(&var, &v), 0);
    CHECK_INT(v.i64, 50);
    CHECK_CODE(bide_loop_add_reader(NULL, 0, other_reader, NULL), 0);   /* goes with the loop, and its context with it */
    return 0;
}

TASK_TEST(read_gets_all_to_the_end_while_others_run) {
    char text[64];
    size_t total = 0, got = 1;
    BIDE_AUTO bide_task *t = bide_create_task(ticks, NULL);
    count = 0;
    while (got > 0 && total < sizeof text - 5) {
        CHECK_CODE(bide_read(0, text + total, 5, &got), 0);
        total += got;
    }
    text[total] = '\0';
    CHECK_TEXT(text, "first\nsecond\n");
    CHECK(count > 0);
    CHECK_CODE(bide_read(0, text, 5, &got), 0);
    CHECK_INT(got, 0);
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    return 0;
}

TEST(reader_left_over_goes_with_its_loop) {
    bide_loop *loop = bide_new_event_loop();
    CHECK_CODE(bide_loop_add_reader(loop, 0, other_reader, NULL), 0);
    bide_loop_release(loop);
}

TASK_TEST(reader_without_memory_is_refused) {
    for (int n = 1; n <= 2; n++) {     /* the reader itself, what the host needs to poll it */
        alloc_fail_at(n);
        const int rc = bide_loop_add_reader(NULL, 0, other_reader, NULL);
        const bool failed = alloc_failed();
        alloc_fail_at(0);
        CHECK_CODE(rc, failed ? BIDE_ENOMEM : 0);
        CHECK_INT(bide_loop_remove_reader(NULL, 0), !failed);
    }
    return 0;
}

#ifndef __wasm__   /* WASI has no pipes */

enum { PIPES = 200 };
static int pipes[PIPES][2];

static int pipe_readable(void *i) {
    char c;
    CHECK_INT(read(pipes[(long)i][0], &c, 1), 1);
    LOG("readable");
    CHECK(bide_loop_remove_reader(NULL, pipes[(long)i][0]));
    return 0;
}

/* The list of readers begins with the newest, so the first and the last are both at an end of it. */
TASK_TEST(readers_in_any_number_are_polled) {
    for (long i = 0; i < PIPES; i++) {
        CHECK_INT(pipe(pipes[i]), 0);
        CHECK_CODE(bide_loop_add_reader(NULL, pipes[i][0], pipe_readable, (void *)i), 0);
    }
    CHECK_INT(write(pipes[0][1], "x", 1), 1);
    CHECK_INT(write(pipes[PIPES - 1][1], "x", 1), 1);
    char c;
    size_t got;
    CHECK_INT(write(pipes[1][1], "y", 1), 1);
    CHECK(bide_loop_remove_reader(NULL, pipes[1][0]));
    CHECK_CODE(bide_read(pipes[1][0], &c, 1, &got), 0);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK_LOG("readable readable");
    for (int i = 2; i < PIPES - 1; i++) CHECK(bide_loop_remove_reader(NULL, pipes[i][0]));
    for (int i = 0; i < PIPES; i++) close(pipes[i][0]), close(pipes[i][1]);
    return 0;
}
#endif

TEST_MAIN
