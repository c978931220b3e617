/* test_error.c -- codes, their names, and the messages that travel with them. */
#include "test.h"

#include <errno.h>
#include <stdlib.h>

TEST(error_name_of_each_code_is_asyncios) {
#define NAME_IS(name, number, class_name, text) CHECK_TEXT(bide_error_name(BIDE_##name), class_name);
    BIDE_ERRORS(NAME_IS)
}

TEST(error_numbers_are_never_renumbered) {
    CHECK_INT(BIDE_ECANCELED, -0x62640001);
    CHECK_INT(BIDE_EVALUE, -0x62640005);
    CHECK_INT(BIDE_EJS, -0x62640012);
}

TEST(error_name_of_no_code_is_exception) {
    CHECK_TEXT(bide_error_name(0), "");
    CHECK_TEXT(bide_error_name(1), "Exception");
    CHECK_TEXT(bide_error_name(-1), "Exception");
    CHECK_TEXT(bide_error_name(BIDE_ECANCELED + 1), "Exception");
    CHECK_TEXT(bide_error_name(BIDE__LAST_CODE - 1), "Exception");
    CHECK_TEXT(bide_error_name(INT32_MIN), "Exception");
}

TEST(error_raise_answers_its_code_and_keeps_the_message) {
    CHECK_CODE(bide_raise(BIDE_EKEY, "no %s in %d", "x", 7), BIDE_EKEY);
    CHECK_CODE(bide_last_error(), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "no x in 7");
}

TEST(error_raise_without_a_format_has_no_message) {
    bide_ignore(bide_raise(BIDE_EKEY, "old"));
    CHECK_CODE(bide_raise(BIDE_EKEY, NULL), BIDE_EKEY);
    CHECK_TEXT(bide_last_message(), "");
}

TEST(error_raise_of_no_code_is_a_value_error) {
    CHECK_CODE(bide_raise(0, "zero"), BIDE_EVALUE);
    CHECK_CODE(bide_raise(42, "positive"), BIDE_EVALUE);
    CHECK_CODE(bide_raise(-1, NULL), BIDE_EVALUE);
}

TEST(error_raise_long_message_is_whole) {
    static char text[5001];
    memset(text, 'x', sizeof text - 1);
    CHECK_CODE(bide_raise(BIDE_EVALUE, "%s!", text), BIDE_EVALUE);
    CHECK_INT(strlen(bide_last_message()), 5001);
}

TEST(error_is_exception_leaves_cancellation_out) {
    CHECK(bide_is_exception(BIDE_EVALUE));
    CHECK(!bide_is_exception(BIDE_ECANCELED));
    CHECK(!bide_is_exception(0));
}

static int fails(void *arg) { return bide_raise(BIDE_ELOOKUP, "from %s", (const char *)arg); }
static int succeeds(void *arg) { return 0; }

TASK_TEST(error_last_is_none_in_a_fresh_task) {
    CHECK_CODE(bide_last_error(), 0);
    CHECK_TEXT(bide_last_message(), "");
    return 0;
}

TASK_TEST(error_message_travels_through_await) {
    CHECK_CODE(bide_join(bide_create_task(fails, "child"), NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from child");
    return 0;
}

TASK_TEST(error_success_keeps_the_last_failure) {
    CHECK_CODE(bide_join(bide_create_task(fails, "child"), NULL), BIDE_ELOOKUP);
    CHECK_CODE(bide_join(bide_create_task(succeeds, NULL), NULL), 0);
    CHECK_CODE(bide_sleep(1), 0);
    CHECK_CODE(bide_last_error(), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from child");
    return 0;
}

static int passes_on(void *arg) {
    BIDE_TRY(bide_join(bide_create_task(fails, arg), NULL));
    return 0;
}

static int raises_another_meanwhile(void *arg) {
    const int rc = bide_join(bide_create_task(fails, arg), NULL);
    bide_ignore(bide_raise(BIDE_EKEY, "on the way"));
    return rc;
}

TASK_TEST(error_message_passes_through_several_tasks) {
    CHECK_CODE(bide_join(bide_create_task(passes_on, "far"), NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from far");
    return 0;
}

TASK_TEST(error_message_is_the_codes_own_after_another_failure) {
    CHECK_CODE(bide_join(bide_create_task(raises_another_meanwhile, "first"), NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from first");
    return 0;
}

static int answers_a_code_never_met(void *arg) { return BIDE_EBROKEN; }

TASK_TEST(error_code_never_met_has_no_message) {
    bide_ignore(bide_raise(BIDE_EBROKEN, "ours, not the child's"));
    CHECK_CODE(bide_join(bide_create_task(answers_a_code_never_met, NULL), NULL), BIDE_EBROKEN);
    CHECK_TEXT(bide_last_message(), "");
    return 0;
}

TASK_TEST(error_message_travels_through_call_gather_wait_for_shield) {
    CHECK_CODE(bide_call(fails, "call", NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from call");
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(fails, "gather")), false, NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from gather");
    CHECK_CODE(bide_wait_for_join(bide_create_task(fails, "wait_for"), 1, NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from wait_for");
    CHECK_CODE(bide_wait_for_call(fails, "wait_for_call", 1, NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from wait_for_call");
    CHECK_CODE(bide_join(bide_shield_call(fails, "shield"), NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from shield");
    return 0;
}

TASK_TEST(error_in_a_gathered_list_has_its_message) {
    BIDE_AUTO_VALUE bide_value list = { 0 };
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(fails, "one"), bide_create_task(succeeds, NULL)), true, &list), 0);
    CHECK_INT(list.kind, BIDE_LIST);
    CHECK_INT(list.count, 2);
    CHECK_CODE(list.items[0].code, BIDE_ELOOKUP);
    CHECK_TEXT(list.items[0].message, "from one");
    CHECK_INT(list.items[1].kind, BIDE_NONE);
    return 0;
}

TASK_TEST(error_message_can_be_read_twice) {
    BIDE_AUTO bide_task *t = bide_create_task(fails, "child");
    BIDE_AUTO_VALUE bide_value error = { 0 };
    CHECK_CODE(bide_await(t, NULL), BIDE_ELOOKUP);
    bide_ignore(bide_raise(BIDE_ELOOKUP, "other"));
    CHECK_CODE(bide_await(t, NULL), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from child");
    CHECK_CODE(bide_future_exception(t, &error), 0);
    CHECK_TEXT(error.message, "from child");
    return 0;
}

TEST(error_message_reaches_main_through_run) {
    CHECK_CODE(bide_run(fails, "main task", NULL), BIDE_ELOOKUP);
    CHECK_CODE(bide_last_error(), BIDE_ELOOKUP);
    CHECK_TEXT(bide_last_message(), "from main task");
}

static int answers(void *arg) { return *(int *)arg; }

static void check_foreign(int number, const char *message) {
    BIDE_AUTO bide_task *t = bide_create_task(answers, &number);
    CHECK_CODE(bide_task_set_name(t, "T"), 0);
    CHECK_CODE(bide_await(t, NULL), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), message);
}

TASK_TEST(error_foreign_numbers_from_a_task_are_value_errors) {
    check_foreign(3, "T returned 3, no bide code; use bide_return_i64 for results");
    check_foreign(-1, "T returned -1, no bide code; use bide_return_i64 for results");
    check_foreign(-ENOMEM, ENOMEM == 12 ? "T returned -12, no bide code; use bide_return_i64 for results"
                                        : "T returned -48, no bide code; use bide_return_i64 for results");
    check_foreign(INT32_MIN, "T returned -2147483648, no bide code; use bide_return_i64 for results");
    return 0;
}

TASK_TEST(error_foreign_numbers_name_a_task_without_a_name_by_number) {
    int number = -1;
    BIDE_AUTO bide_task *t = bide_create_task(answers, &number);
    char expected[100];
    snprintf(expected, sizeof expected, "%s returned -1, no bide code; use bide_return_i64 for results", bide_task_get_name(t));
    CHECK_CODE(bide_await(t, NULL), BIDE_EVALUE);
    CHECK_TEXT(bide_last_message(), expected);
    CHECK(strncmp(expected, "Task-", 5) == 0);
    return 0;
}

TASK_TEST(error_foreign_number_from_a_called_function_is_a_value_error) {
    int number = 3;
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_call(answers, &number, &v), BIDE_EVALUE);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK(strstr(bide_last_message(), "returned 3, no bide code") != NULL);
    return 0;
}

TEST(error_foreign_number_from_the_main_task_is_a_value_error) {
    int number = 7;
    CHECK_CODE(bide_run(answers, &number, NULL), BIDE_EVALUE);
    CHECK(strstr(bide_last_message(), "returned 7, no bide code") != NULL);
}

static int swallows(void *arg) {
    bide_ignore(bide_sleep(100));
    return 0;
}

TASK_TEST(error_cancellation_has_no_message_of_another_failure) {
    BIDE_AUTO bide_task *t = bide_create_task(test_sleeper, &(double){ 100 });
    bide_ignore(bide_raise(BIDE_ECANCELED, "mine"));
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_task_cancel(t));
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK_TEXT(bide_last_message(), "");
    BIDE_AUTO bide_task *s = bide_create_task(swallows, NULL);
    CHECK_CODE(bide_sleep(0), 0);
    CHECK(bide_task_cancel(s));
    CHECK_CODE(bide_await(s, NULL), 0);
    return 0;
}

TEST_MAIN
