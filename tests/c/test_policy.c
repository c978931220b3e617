/* test_policy.c -- the event-loop policy: who makes loops and remembers which one is set. */
#include "test.h"

static bide_event_loop_policy *standard_policy;
static int nothing(void *arg) { return 0; }

static bide_loop *note_new(bide_event_loop_policy *policy) {
    bide_event_loop_policy *standard = policy->arg;
    LOG("new");
    return standard->new_event_loop(standard);
}

static bide_loop *note_get(bide_event_loop_policy *policy) {
    bide_event_loop_policy *standard = policy->arg;
    LOG("get");
    return standard->get_event_loop(standard);
}

static void note_set(bide_event_loop_policy *policy, bide_loop *loop) {
    bide_event_loop_policy *standard = policy->arg;
    LOG(loop ? "set" : "unset");
    standard->set_event_loop(standard, loop);
}

static bide_event_loop_policy noting(void) {
    return (bide_event_loop_policy){ .name = "noting", .new_event_loop = note_new, .get_event_loop = note_get, .set_event_loop = note_set,
                                     .arg = bide_get_event_loop_policy() };
}

TEST(policy_is_the_default_at_first) {
    bide_event_loop_policy *policy = bide_get_event_loop_policy();
    CHECK_TEXT(policy->name, "default");
    bide_loop *loop = policy->new_event_loop(policy);
    policy->set_event_loop(policy, loop);
    CHECK(policy->get_event_loop(policy) == loop && bide_get_event_loop() == loop);
    policy->set_event_loop(policy, NULL);
    CHECK(policy->get_event_loop(policy) == NULL);
    CHECK_TEXT(bide_last_message(), "There is no current event loop");
    bide_loop_release(loop);
}

TEST(policy_that_is_set_is_asked_for_every_loop) {
    bide_event_loop_policy policy = noting();
    bide_set_event_loop_policy(&policy);
    CHECK(bide_get_event_loop_policy() == &policy);
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    CHECK(bide_get_event_loop() == loop);
    CHECK(!bide_loop_is_closed(NULL));
    CHECK_LOG("new set get");
    bide_set_event_loop(NULL);
    bide_loop_release(loop);
    CHECK_CODE(bide_run(nothing, NULL, NULL), 0);
    CHECK_LOG("unset new set unset");
    bide_runner r = BIDE_RUNNER_INIT;
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), 0);
    CHECK_CODE(bide_runner_close(&r), 0);
    CHECK_LOG("new set unset");
    bide_set_event_loop_policy(NULL);
    CHECK_TEXT(bide_get_event_loop_policy()->name, "default");
}

static int asks_for_the_loop(void *arg) {
    CHECK(bide_get_event_loop() == bide_get_running_loop());
    return 0;
}

TEST(policy_is_not_asked_for_the_running_loop) {
    bide_event_loop_policy policy = noting();
    bide_set_event_loop_policy(&policy);
    CHECK_CODE(bide_run(asks_for_the_loop, NULL, NULL), 0);
    CHECK_LOG("new set unset");
    bide_set_event_loop_policy(NULL);
}

TEST(policy_that_leaves_functions_out_has_the_defaults) {
    bide_event_loop_policy policy = { .name = "bare" };
    bide_set_event_loop_policy(&policy);
    CHECK_CODE(bide_run(asks_for_the_loop, NULL, NULL), 0);
    CHECK(bide_get_event_loop() == NULL);
    CHECK_CODE(bide_last_error(), BIDE_ERUNTIME);
    bide_set_event_loop_policy(NULL);
}

static bide_loop *makes_none(bide_event_loop_policy *policy) {
    bide_ignore(bide_raise(BIDE_EOS, "no loops today"));
    return NULL;
}

TEST(policy_that_makes_no_loop_fails_who_asks) {
    bide_event_loop_policy policy = { .name = "none", .new_event_loop = makes_none };
    bide_runner r = BIDE_RUNNER_INIT;
    bide_set_event_loop_policy(&policy);
    CHECK(bide_new_event_loop() == NULL);
    CHECK_TEXT(bide_last_message(), "no loops today");
    CHECK_CODE(bide_run(nothing, NULL, NULL), BIDE_EOS);
    CHECK_CODE(bide_runner_run(&r, nothing, NULL, NULL), BIDE_EOS);
    CHECK_CODE(bide_runner_close(&r), 0);
    bide_set_event_loop_policy(NULL);
}

static int tasks_made;
static bide_task *counting_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *limit) {
    if (++tasks_made <= *(int *)limit) return bide_task_new(loop, options, fn, arg);
    return (void)(bide_raise(BIDE_EFULL, "no more tasks") == 0), NULL;
}

static int tasks_most;
static bide_loop *makes_with_factory(bide_event_loop_policy *policy) {
    bide_loop *loop = standard_policy->new_event_loop(standard_policy);
    bide_loop_set_task_factory(loop, counting_factory, &tasks_most);
    return loop;
}

TEST(policy_whose_loop_has_a_task_factory_makes_the_main_task_of_a_run_by_it) {
    standard_policy = bide_get_event_loop_policy();
    bide_event_loop_policy policy = { .new_event_loop = makes_with_factory };
    bide_set_event_loop_policy(&policy);
    tasks_made = 0, tasks_most = 1;
    CHECK_CODE(bide_run(nothing, NULL, NULL), 0);
    CHECK_INT(tasks_made, 1);
    tasks_most = 0;
    CHECK_CODE(bide_run(nothing, NULL, NULL), BIDE_EFULL);
    CHECK_TEXT(bide_last_message(), "no more tasks");
    bide_set_event_loop_policy(NULL);
}

TEST_MAIN
