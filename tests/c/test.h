/* test.h -- the runner of C unit tests: one program a file.
 *
 *     TEST(lock_free_is_taken_at_once) { … }          runs in `main`
 *     TASK_TEST(lock_held_waits) { … return 0; }      runs as the main task of a bide_run of its own
 *     TEST_MAIN
 *
 * Checks print file and line, and the test goes on. A test must leave no block
 * of the library's memory behind. Exit code 0, 1 if a check failed. Only one file
 * of a program may include this one. */
#ifndef TEST_H
#define TEST_H

#include "alloc_counting.h"

#include <bide.h>
#include <stdio.h>
#include <string.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-function"

enum { TEST_SKIPPED = 77, TEST_STACK = 65536 };

struct test {
    const char *name;
    void (*run)(void);
    bide_fn *task;             /* instead of run */
    struct test *next;
};

static struct test *tests_first, **tests_last = &tests_first;
static const char *test_name;
static int test_failures;

static void test_add(struct test *t) {
    *tests_last = t;
    tests_last = &t->next;
}

#define TEST__REGISTER(id, ...) \
    __attribute__((constructor)) static void id##_register(void) { \
        static struct test t = { #id, __VA_ARGS__, NULL }; \
        test_add(&t); \
    }
#define TEST(id) \
    static void id(void); \
    TEST__REGISTER(id, id, NULL) \
    static void id(void)
#define TASK_TEST(id) \
    static int id(void *arg); \
    TEST__REGISTER(id, NULL, id) \
    static int id(void *arg)

static void test_fail(const char *file, int line) {
    printf("%s:%d: %s: ", file, line, test_name);
    test_failures++;
}

static void test_check(bool holds, const char *what, const char *file, int line) {
    if (holds) return;
    test_fail(file, line);
    printf("not so: %s\n", what);
}

static void test_check_int(long long is, long long should_be, const char *what, const char *file, int line) {
    if (is == should_be) return;
    test_fail(file, line);
    printf("%s is %lld, not %lld\n", what, is, should_be);
}

static void test_check_code(int is, int should_be, const char *what, const char *file, int line) {
    if (is == should_be) return;
    test_fail(file, line);
    printf("%s is %d (%s: %s), not %d (%s)\n", what, is, bide_error_name(is), bide_last_message(), should_be, bide_error_name(should_be));
}

static void test_check_text(const char *is, const char *should_be, const char *what, const char *file, int line) {
    if (is && strcmp(is, should_be) == 0) return;
    test_fail(file, line);
    printf("%s is \"%s\", not \"%s\"\n", what, is ? is : "NULL", should_be);
}

#define CHECK(condition) test_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(is, should_be) test_check_int((is), (should_be), #is, __FILE__, __LINE__)
#define CHECK_CODE(is, should_be) test_check_code((is), (should_be), #is, __FILE__, __LINE__)
#define CHECK_TEXT(is, should_be) test_check_text((is), (should_be), #is, __FILE__, __LINE__)

static int test_in_task(void *task) { return (*(bide_fn *const *)task)(NULL); }

static void test_run(const struct test *t) {
    test_name = t->name;
    const int failures = test_failures;
    if (t->run) t->run();
    else CHECK_CODE(bide_run(test_in_task, (void *)&t->task, NULL), 0);
    CHECK(bide_get_event_loop() == NULL);
    CHECK_INT(alloc_live(), 0);
    printf("%s %s\n", test_failures == failures ? "ok" : "FAILED", t->name);
}

#define TEST_MAIN \
    int main(void) { \
        for (const struct test *t = tests_first; t; t = t->next) test_run(t); \
        return test_failures > 0; \
    }

/* What happened, in order: LOG("a"), LOG("b"); CHECK_LOG("a b") compares and empties it. */
static char test_log[1024];

static void test_note(const char *what) {
    size_t used = strlen(test_log);
    snprintf(test_log + used, sizeof test_log - used, "%s%s", used > 0 ? " " : "", what);
}
#define LOG(what) test_note(what)
#define CHECK_LOG(should_be) (CHECK_TEXT(test_log, should_be), (void)(test_log[0] = '\0'))

/* A coroutine that sleeps as many seconds as arg points at, if it points anywhere. */
static int test_sleeper(void *seconds) { return bide_sleep(seconds ? *(double *)seconds : 0); }

#endif
