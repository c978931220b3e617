/* test_value.c -- results: kinds, copies, clearing, lists. */
#include "test.h"

#include <stdlib.h>

TEST(value_numbers_and_pointers_hold_what_was_put_in) {
    int x;
    CHECK_INT(bide_i64(INT64_MIN).kind, BIDE_I64);
    CHECK(bide_i64(INT64_MIN).i64 == INT64_MIN);
    CHECK_INT(bide_f64(0.5).kind, BIDE_F64);
    CHECK(bide_f64(0.5).f64 == 0.5);
    CHECK_INT(bide_ptr(&x).kind, BIDE_PTR);
    CHECK(bide_ptr(&x).ptr == &x);
    CHECK_INT(bide_bool(4 > 3).kind, BIDE_BOOL);
    CHECK_INT(bide_bool(4 > 3).i64, 1);
    CHECK_INT(bide_bool(4 < 3).i64, 0);
}

TEST(value_bytes_are_a_copy_with_a_nul_behind) {
    char text[] = "a\0b";
    bide_value v = bide_bytes(text, 3);
    text[0] = 'z';
    CHECK_INT(v.kind, BIDE_BYTES);
    CHECK_INT(v.size, 3);
    CHECK(memcmp(v.bytes, "a\0b", 4) == 0);
    bide_value_clear(&v);
}

TEST(value_bytes_of_nothing_are_empty) {
    bide_value v = bide_bytes(NULL, 0);
    CHECK_INT(v.kind, BIDE_BYTES);
    CHECK_INT(v.size, 0);
    CHECK_TEXT(v.bytes, "");
    bide_value_clear(&v);
}

TEST(value_bytes_beyond_memory_are_a_memory_error) {
    bide_value v = bide_bytes("", SIZE_MAX);
    CHECK_INT(v.kind, BIDE_ERROR);
    CHECK_CODE(v.code, BIDE_ENOMEM);
    CHECK_TEXT(v.message, "");
    bide_value_clear(&v);
    v = bide_bytes("", SIZE_MAX - 8);
    CHECK_CODE(v.code, BIDE_ENOMEM);
    bide_value_clear(&v);
}

TEST(value_copy_outlives_the_original) {
    bide_value v = bide_bytes("shared", 6), copy = bide_value_copy(v);
    bide_value_clear(&v);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_TEXT(copy.bytes, "shared");
    bide_value_clear(&copy);
}

TEST(value_clear_twice_or_of_null_is_harmless) {
    bide_value v = bide_bytes("x", 1);
    bide_value_clear(&v);
    bide_value_clear(&v);
    bide_value_clear(NULL);
    v = bide_i64(3);
    bide_value_clear(&v);
    CHECK_INT(v.kind, BIDE_NONE);
}

TEST(value_text_is_what_printf_would_print) {
    bide_value v = bide_text("%d %s", 7, "\u00fc");
    CHECK_INT(v.kind, BIDE_TEXT);
    CHECK_INT(v.size, 4);
    CHECK_TEXT(v.bytes, "7 \u00fc");
    bide_value copy = bide_value_copy(v);
    bide_value_clear(&v);
    CHECK_TEXT(copy.bytes, "7 \u00fc");
    bide_value_clear(&copy);
    v = bide_text("%s", "");
    CHECK(v.kind == BIDE_TEXT && v.size == 0);
    bide_value_clear(&v);
}

TEST(value_list_takes_its_items) {
    const bide_value items[] = { bide_i64(1), bide_text("two"), bide_list(NULL, 0), bide_error(BIDE_EKEY, "k%d", 3) };
    bide_value v = bide_list(items, 4), copy = bide_value_copy(v);
    bide_value_clear(&v);
    CHECK_INT(copy.kind, BIDE_LIST);
    CHECK_INT(copy.count, 4);
    CHECK_TEXT(copy.items[1].bytes, "two");
    CHECK_INT(copy.items[2].count, 0);
    CHECK_CODE(copy.items[3].code, BIDE_EKEY);
    CHECK_TEXT(copy.items[3].message, "k3");
    bide_value_clear(&copy);
}

TEST(value_error_of_no_code_and_without_message) {
    bide_value v = bide_error(17, "seventeen");
    CHECK_CODE(v.code, BIDE_EVALUE);
    CHECK_TEXT(v.message, "seventeen");
    bide_value_clear(&v);
    v = bide_error(BIDE_EOS, NULL);
    CHECK_CODE(v.code, BIDE_EOS);
    CHECK_TEXT(v.message, "");
    bide_value_clear(&v);
}

/* Each is an error then, and what it was given is cleared. */
TEST(values_without_memory_are_memory_errors) {
    for (int kind = 0; kind < 3; kind++) {
        const bide_value item = bide_text("item");
        alloc_fail_at(1);
        bide_value v = kind == 0 ? bide_text("text") : kind == 1 ? bide_list(&item, 1) : bide_error(BIDE_EKEY, "k");
        alloc_fail_at(0);
        CHECK(v.kind == BIDE_ERROR && v.code == BIDE_ENOMEM);
        bide_value_clear(&v);
        if (kind != 1) v = item, bide_value_clear(&v);
    }
}

static int returns_text(void *arg) { return bide_return_text("number %d", *(int *)arg); }
static int returns_bytes(void *arg) { return bide_return_bytes("ab", 2); }
static int returns_f64(void *arg) { return bide_return_f64(0.25); }
static int returns_ptr(void *arg) { return bide_return_ptr(arg); }
static int returns_bool(void *arg) { return bide_return_bool(arg); }
static int returns_list(void *arg) { return bide_return_list((bide_value[]){ bide_i64(1), bide_text("b") }, 2); }
static int returns_nothing(void *arg) { return 0; }
static int returns_i64(void *arg) { return bide_return_i64(-5); }

TASK_TEST(value_of_each_kind_comes_out_of_a_task) {
    int n = 7;
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(returns_text, &n), &v), 0);
    CHECK_INT(v.kind, BIDE_TEXT);
    CHECK_TEXT(v.bytes, "number 7");
    CHECK_INT(v.size, 8);
    bide_value_clear(&v);
    CHECK_CODE(bide_join(bide_create_task(returns_bool, &n), &v), 0);
    CHECK(v.kind == BIDE_BOOL && v.i64 == 1);
    CHECK_CODE(bide_join(bide_create_task(returns_list, &n), &v), 0);
    CHECK(v.kind == BIDE_LIST && v.count == 2);
    CHECK_TEXT(v.items[1].bytes, "b");
    bide_value_clear(&v);
    CHECK_CODE(bide_join(bide_create_task(returns_bytes, NULL), &v), 0);
    CHECK_INT(v.kind, BIDE_BYTES);
    CHECK_INT(v.size, 2);
    bide_value_clear(&v);
    CHECK_CODE(bide_join(bide_create_task(returns_f64, NULL), &v), 0);
    CHECK(v.kind == BIDE_F64 && v.f64 == 0.25);
    CHECK_CODE(bide_join(bide_create_task(returns_ptr, &n), &v), 0);
    CHECK(v.kind == BIDE_PTR && v.ptr == &n);
    CHECK_CODE(bide_join(bide_create_task(returns_i64, NULL), &v), 0);
    CHECK(v.kind == BIDE_I64 && v.i64 == -5);
    CHECK_CODE(bide_join(bide_create_task(returns_nothing, NULL), &v), 0);
    CHECK_INT(v.kind, BIDE_NONE);
    return 0;
}

TEST(value_comes_out_of_run) {
    int n = 3;
    bide_value v;
    CHECK_CODE(bide_run(returns_text, &n, &v), 0);
    CHECK_TEXT(v.bytes, "number 3");
    bide_value_clear(&v);
}

static int returns_twice(void *arg) {
    BIDE_TRY(bide_return_text("first"));
    return bide_return_i64(2);
}

static int returns_then_fails(void *arg) {
    BIDE_TRY(bide_return_text("lost"));
    return bide_raise(BIDE_EVALUE, "after all");
}

TASK_TEST(value_returned_last_wins) {
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(returns_twice, NULL), &v), 0);
    CHECK_INT(v.i64, 2);
    return 0;
}

TASK_TEST(value_of_a_task_that_fails_is_dropped) {
    bide_value v = bide_i64(1);
    CHECK_CODE(bide_join(bide_create_task(returns_then_fails, NULL), &v), BIDE_EVALUE);
    CHECK_INT(v.kind, BIDE_NONE);
    CHECK_CODE(bide_call(returns_then_fails, NULL, &v), BIDE_EVALUE);
    CHECK_INT(v.kind, BIDE_NONE);
    return 0;
}

static int shares_the_slot(void *arg) {
    BIDE_TRY(returns_i64(NULL));
    return 0;
}

static int has_a_slot_of_its_own(void *arg) {
    BIDE_TRY(bide_return_i64(1));
    bide_value inner;
    BIDE_TRY(bide_call(returns_i64, NULL, &inner));
    CHECK_INT(inner.i64, -5);
    return 0;
}

TASK_TEST(value_slot_is_shared_by_a_plain_call_but_not_by_bide_call) {
    bide_value v;
    CHECK_CODE(bide_join(bide_create_task(shares_the_slot, NULL), &v), 0);
    CHECK_INT(v.i64, -5);
    CHECK_CODE(bide_join(bide_create_task(has_a_slot_of_its_own, NULL), &v), 0);
    CHECK_INT(v.i64, 1);
    return 0;
}

static int returns_an_error_value(void *arg) { return bide_return_value(bide_bytes("", SIZE_MAX)); }

TASK_TEST(value_that_is_an_error_fails_what_it_is_given_to) {
    CHECK_CODE(bide_join(bide_create_task(returns_an_error_value, NULL), NULL), BIDE_ENOMEM);
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("", SIZE_MAX)), BIDE_ENOMEM);
    CHECK(!bide_future_done(f));
    CHECK_CODE(bide_future_set_result(f, bide_i64(1)), 0);
    return 0;
}

TASK_TEST(value_handed_in_is_taken_on_error_too) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("x", 1)), 0);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("y", 1)), BIDE_ESTATE);
    CHECK_CODE(bide_future_set_result(bide_current_task(), bide_bytes("z", 1)), BIDE_ERUNTIME);
    return 0;
}

TASK_TEST(value_returned_outside_of_a_slot_is_dropped_without_leak) {
    BIDE_AUTO_VALUE bide_value v = bide_bytes("kept", 4);
    CHECK_CODE(bide_return_value(bide_value_copy(v)), 0);
    CHECK_TEXT(v.bytes, "kept");
    return 0;
}

TASK_TEST(value_list_items_belong_to_the_list) {
    int n = 1;
    bide_value list, copy;
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(returns_text, &n), bide_create_task(returns_bytes, NULL)), false, &list), 0);
    copy = bide_value_copy(list);
    bide_value item = bide_value_copy(list.items[0]);
    bide_value_clear(&list);
    CHECK_TEXT(copy.items[1].bytes, "ab");
    bide_value_clear(&copy);
    CHECK_TEXT(item.bytes, "number 1");
    bide_value_clear(&item);
    return 0;
}

static int gathers(void *arg) {
    bide_value list;
    BIDE_TRY(bide_gather_join(BIDE_FUTURES(bide_create_task(returns_bytes, NULL)), false, &list));
    return bide_return_value(list);
}

TASK_TEST(value_list_nests_and_travels) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    CHECK_CODE(bide_gather_join(BIDE_FUTURES(bide_create_task(gathers, NULL), bide_create_task(gathers, NULL)), false, &v), 0);
    CHECK_INT(v.count, 2);
    CHECK_INT(v.items[1].kind, BIDE_LIST);
    CHECK_TEXT(v.items[1].items[0].bytes, "ab");
    return 0;
}

TASK_TEST(value_of_an_empty_gather_is_an_empty_list) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    CHECK_CODE(bide_gather_join(NULL, 0, false, &v), 0);
    CHECK_INT(v.kind, BIDE_LIST);
    CHECK_INT(v.count, 0);
    return 0;
}

TASK_TEST(value_of_a_future_can_be_received_many_times) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    CHECK_CODE(bide_future_set_result(f, bide_bytes("again", 5)), 0);
    for (int i = 0; i < 3; i++) {
        bide_value v;
        CHECK_CODE(i == 0 ? bide_future_result(f, &v) : bide_await(f, &v), 0);
        CHECK_TEXT(v.bytes, "again");
        bide_value_clear(&v);
    }
    return 0;
}

TEST_MAIN
