/* test_error_group.c -- errors that stand for several. */
#include "test.h"

static int fails(void *arg) { return bide_raise(*(int *)arg, "code %d", BIDE_ECANCELED - *(int *)arg); }

static bide_value error_of(int code) {
    bide_ignore(fails(&code));
    return bide_last_error_value();
}

/* ExceptionGroup("outer", [ValueError, ExceptionGroup("inner", [KeyError, ValueError]), OSError]) */
static bide_value nested(void) {
    bide_value inner[] = { error_of(BIDE_EKEY), error_of(BIDE_EVALUE) };
    bide_ignore(bide_raise_group("inner", inner, 2));
    bide_value outer[] = { error_of(BIDE_EVALUE), bide_last_error_value(), error_of(BIDE_EOS) };
    bide_value_clear(&outer[1]);
    bide_ignore(bide_raise_group("inner", inner, 2));
    outer[1] = bide_last_error_value();
    bide_ignore(bide_raise_group("outer", outer, 3));
    for (int i = 0; i < 2; i++) bide_value_clear(&inner[i]);
    for (int i = 0; i < 3; i++) bide_value_clear(&outer[i]);
    return bide_last_error_value();
}

static void check_member(bide_value group, size_t i, int code) {
    BIDE_AUTO_VALUE bide_value members = bide_error_members(group);
    CHECK(members.kind == BIDE_LIST && i < members.count);
    if (members.kind == BIDE_LIST && i < members.count) CHECK_CODE(members.items[i].code, code);
}

static size_t count_members(bide_value group) {
    BIDE_AUTO_VALUE bide_value members = bide_error_members(group);
    return members.kind == BIDE_LIST ? members.count : 0;
}

TEST(error_group_travels_with_its_message_and_members) {
    BIDE_AUTO_VALUE bide_value group = nested();
    CHECK_CODE(group.code, BIDE_EGROUP);
    CHECK_TEXT(group.message, "outer (3 sub-exceptions)");
    CHECK(count_members(group) == 3);
    check_member(group, 0, BIDE_EVALUE);
    check_member(group, 1, BIDE_EGROUP);
    check_member(group, 2, BIDE_EOS);
    CHECK(bide_error_members(bide_i64(3)).kind == BIDE_NONE);
    BIDE_AUTO_VALUE bide_value plain = error_of(BIDE_EKEY);
    CHECK(bide_error_members(plain).kind == BIDE_NONE);
}

TEST(error_group_needs_members_that_are_errors) {
    bide_value number = bide_i64(1);
    CHECK_CODE(bide_raise_group("x", NULL, 0), BIDE_EVALUE);
    CHECK_CODE(bide_raise_group("x", &number, 1), BIDE_EVALUE);
    BIDE_AUTO_VALUE bide_value error = error_of(BIDE_EKEY);
    CHECK_CODE(bide_raise_group(NULL, &error, 1), BIDE_EGROUP);
    CHECK_TEXT(bide_last_message(), " (1 sub-exception)");
}

TEST(error_matches_at_any_depth) {
    BIDE_AUTO_VALUE bide_value group = nested(), plain = error_of(BIDE_EKEY);
    CHECK(bide_error_matches(group, BIDE_EKEY) && bide_error_matches(group, BIDE_EVALUE) && bide_error_matches(group, BIDE_EGROUP));
    CHECK(!bide_error_matches(group, BIDE_ETIMEDOUT));
    CHECK(bide_error_matches(plain, BIDE_EKEY) && !bide_error_matches(plain, BIDE_EVALUE));
    CHECK(!bide_error_matches(bide_i64(BIDE_EKEY), BIDE_EKEY));
}

TEST(error_split_keeps_the_shape_of_groups) {
    BIDE_AUTO_VALUE bide_value group = nested(), match = { 0 }, rest = { 0 };
    CHECK_CODE(bide_error_split(group, BIDE_EVALUE, &match, &rest), 0);
    CHECK_TEXT(match.message, "outer (2 sub-exceptions)");
    CHECK(count_members(match) == 2 && count_members(rest) == 2);
    check_member(match, 0, BIDE_EVALUE);
    check_member(match, 1, BIDE_EGROUP);
    check_member(rest, 0, BIDE_EGROUP);
    check_member(rest, 1, BIDE_EOS);
    BIDE_AUTO_VALUE bide_value members = bide_error_members(rest);
    CHECK_TEXT(members.items[0].message, "inner (1 sub-exception)");
    CHECK(count_members(members.items[0]) == 1);
    check_member(members.items[0], 0, BIDE_EKEY);
    CHECK_TEXT(members.items[1].message, "code 16");
}

TEST(error_split_of_all_or_nothing_gives_the_error_itself) {
    BIDE_AUTO_VALUE bide_value group = nested(), plain = error_of(BIDE_EKEY), match = { 0 }, rest = { 0 };
    CHECK_CODE(bide_error_split(group, BIDE_ETYPE, &match, &rest), 0);
    CHECK(match.kind == BIDE_NONE && rest.message == group.message);
    bide_value_clear(&rest);
    CHECK_CODE(bide_error_split(group, BIDE_EGROUP, &match, &rest), 0);
    CHECK(rest.kind == BIDE_NONE && match.message == group.message);
    bide_value_clear(&match);
    CHECK_CODE(bide_error_split(plain, BIDE_EKEY, &match, NULL), 0);
    CHECK_CODE(match.code, BIDE_EKEY);
    bide_value_clear(&match);
    CHECK_CODE(bide_error_split(bide_i64(1), BIDE_EKEY, &match, &rest), 0);
    CHECK(match.kind == BIDE_NONE && rest.kind == BIDE_NONE);
}

TEST(error_split_without_memory_gives_nothing) {
    BIDE_AUTO_VALUE bide_value group = nested(), match = { 0 }, rest = { 0 };
    for (long n = 1;; n++) {
        alloc_fail_at(n);
        int rc = bide_error_split(group, BIDE_EVALUE, &match, &rest);
        bool failed = alloc_failed();
        alloc_fail_at(0);
        if (!failed) break;
        CHECK_CODE(rc, BIDE_ENOMEM);
        CHECK(match.kind == BIDE_NONE && rest.kind == BIDE_NONE);
    }
    CHECK(match.kind == BIDE_ERROR && rest.kind == BIDE_ERROR);
}

TASK_TEST(error_rest_can_be_raised_again) {
    BIDE_AUTO_VALUE bide_value group = nested(), rest = { 0 };
    CHECK_CODE(bide_error_split(group, BIDE_EVALUE, NULL, &rest), 0);
    CHECK_CODE(bide_return_value(bide_value_copy(rest)), BIDE_EGROUP);
    BIDE_AUTO_VALUE bide_value again = bide_last_error_value();
    CHECK(count_members(again) == 2);
    return 0;
}

TEST_MAIN
