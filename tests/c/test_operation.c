/* test_operation.c -- what a host completes or the core cancels (src/host.h): here the test is the host. */
#include "test.h"

#include "host.h"
#include "loop/loop.h"

typedef struct { int number, dropped; } data;

static int drops, last_number;

static void drop(void *p) {
    data *d = p;
    drops++, last_number = d->number;
}

static const bide__operation_type type = { "an answer", sizeof(data), drop };

/* An operation of the running loop, numbered. */
static data *begin(int number) {
    data *d = bide__operation_new(bide_get_running_loop(), &type);
    if (d) d->number = number;
    return d;
}

static int answer(void *d) {
    bide__operation_complete(d, bide_i64(42));
    return 0;
}

static size_t owed(void) { return bide_get_running_loop()->host_operations; }

TASK_TEST(operation_completed_later_gives_its_value) {
    data *d = begin(1);
    CHECK(owed() == 1);
    bide_loop_call_soon(NULL, answer, d);
    bide_value v;
    CHECK_CODE(bide__operation_await(d, &v), 0);
    CHECK_INT(v.i64, 42);
    CHECK(owed() == 0 && drops == 0);
    return 0;
}

TASK_TEST(operation_completed_at_once_does_not_suspend) {
    data *d = begin(1);
    bide__operation_complete(d, bide_bytes("text", 4));
    BIDE_AUTO_VALUE bide_value v = { 0 };
    CHECK_CODE(bide__operation_await(d, &v), 0);
    CHECK_TEXT(v.bytes, "text");
    CHECK(owed() == 0 && drops == 0);
    return 0;
}

TASK_TEST(operation_completed_with_an_error_fails_the_call) {
    data *d = begin(1);
    bide_ignore(bide_raise(BIDE_EOS, "no such thing"));
    BIDE_AUTO_VALUE bide_value error = bide_last_error_value();
    bide__operation_complete(d, bide_value_copy(error));
    CHECK_CODE(bide__operation_await(d, NULL), BIDE_EOS);
    CHECK_TEXT(bide_last_message(), "no such thing");
    return 0;
}

static int waits(void *d) { return bide__operation_await(d, NULL); }

TASK_TEST(operation_of_a_cancelled_task_is_dropped_once) {
    drops = 0;
    BIDE_AUTO bide_task *t = bide_create_task(waits, begin(7));
    BIDE_TRY(bide_sleep(0));
    bide_task_cancel(t);
    CHECK_CODE(bide_await(t, NULL), BIDE_ECANCELED);
    CHECK(drops == 1 && last_number == 7 && owed() == 0);
    return 0;
}

TASK_TEST(operation_without_memory_is_none) {
    alloc_fail_at(1);
    CHECK(begin(1) == NULL);
    CHECK_CODE(bide_last_error(), BIDE_ENOMEM);
    CHECK(owed() == 0);
    return 0;
}

static int quiet(bide_loop *loop, const bide_exception_context *context, void *arg) { return 0; }

/* A loop that closes frees the task, and with it the last reference. */
TEST(operation_of_a_loop_that_closes_is_dropped) {
    drops = 0;
    bide_loop *loop = bide_new_event_loop();
    data *d = bide__operation_new(loop, &type);
    d->number = 9;
    bide_loop_set_exception_handler(loop, quiet, NULL);
    bide_task *t = bide_loop_create_task(loop, waits, d);
    bide_loop_stop(loop);
    CHECK_CODE(bide_loop_run_forever(loop), 0);
    bide_release(t);
    bide_loop_release(loop);
    CHECK(drops == 1 && last_number == 9);
}

TEST_MAIN
