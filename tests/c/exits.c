/* exits.c -- ways in which a program ends, each by name: exit codes and what stands on stderr. */
#include <bide.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

static int returns(void *arg) {
    puts("done");
    return 0;
}

static int raises(void *arg) { return bide_raise(BIDE_EVALUE, "bad port %d", 7); }
static int raises_bare(void *arg) { return bide_raise(BIDE_EKEY, NULL); }
static int foreign(void *arg) { return 3; }

static int raises_a_group(void *arg) {
    bide_task_group group = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&group));
    bide_task_group_create_task(&group, raises, NULL);
    bide_task_group_create_task(&group, raises_bare, NULL);
    return bide_task_group_exit(&group, 0);
}

static int finds_no_memory(void *arg) { return bide_raise(BIDE_ENOMEM, NULL); }

/* Nobody looks at them until the loop closes. */
static int runs_out_of_memory(void *arg) {
    const bide_task_options small = { .stack_size = 4096 };
    for (int i = 0; i < 300; i++) if (!bide_create_task_with(&small, finds_no_memory, NULL)) return bide_last_error();
    return bide_sleep(0);
}

/* One is told as any other error is; what comes between ends the count, and so does a turn. */
static int drops_memory_errors(void *arg) {
    bide_task *ts[6];
    for (int i = 0; i < 6; i++) ts[i] = bide_create_task(i == 3 ? raises : finds_no_memory, NULL);
    BIDE_TRY(bide_sleep(0));
    bide_release_all(ts, 5);
    BIDE_TRY(bide_sleep(0));
    fputs("next turn\n", stderr);
    bide_release(ts[5]);
    BIDE_TRY(bide_sleep(0));
    BIDE_AUTO bide_future *f = bide_future_new(NULL), *g = bide_future_new(NULL);
    for (int i = 0; i < 2; i++) bide_loop_call_soon(NULL, finds_no_memory, NULL);
    BIDE_TRY(bide_sleep(0));
    if (bide_future_set_exception(f, BIDE_ENOMEM, NULL) != 0) return bide_last_error();
    return bide_future_set_exception(g, BIDE_ENOMEM, NULL);
}

static int cancels_itself(void *arg) {
    bide_task_cancel(bide_current_task());
    return bide_sleep(1);
}

static int exits(void *arg) {
    BIDE_TRY(bide_sleep(1));
    exit(42);
}

static int sleeps_until_ctrl_c(void *arg) {
    puts("ready");
    fflush(stdout);
    const int rc = bide_sleep(1000);
    puts(rc == BIDE_ECANCELED ? "cancelled" : "woken");
    BIDE_TRY(bide_sleep(0));      /* clean-up may wait */
    puts("cleaned up");
    return rc;
}

static int waits(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    return bide_await(f, NULL);
}

static int deadlocks(void *arg) {
    static bide_event event;
    bide_task *t = bide_create_task_with(&(bide_task_options){ .name = "waiter" }, waits, NULL);
    printf("before ");
    (void)t;
    return bide_event_wait(&event);
}

static int forgets_an_error(void *arg) {
    bide_task *t = bide_create_task_with(&(bide_task_options){ .name = "lost" }, raises, NULL);
    BIDE_TRY(bide_sleep(0));
    bide_release(t);
    return 0;
}

static int forgets_a_reference(void *arg) {
    bide_task *t = bide_create_task(returns, NULL);
    return bide_await(t, NULL);
}

static int fails_in_callback(void *arg) {
    bide_loop_call_soon(NULL, raises, NULL);
    return bide_sleep(0);
}

static int handler_fails(bide_loop *loop, const bide_exception_context *context, void *arg) { return bide_raise(BIDE_EKEY, "in the handler"); }

static int handler_itself_fails(void *arg) {
    bide_loop_set_exception_handler(NULL, handler_fails, NULL);
    bide_loop_call_soon(NULL, raises, NULL);
    BIDE_TRY(bide_sleep(0));
    bide_loop_set_exception_handler(NULL, NULL, NULL);
    bide_loop_call_soon(NULL, raises_bare, NULL);
    return bide_sleep(0);
}

static int sleeps_long(void *arg) { return bide_sleep(1000); }

static int closes_with_a_pending_task(void) {
    bide_loop *loop = bide_new_event_loop();
    bide_release(bide_loop_create_task(loop, sleeps_long, NULL));
    bide_loop_release(loop);
    return 0;
}

__attribute__((noinline)) static int overflows(int depth) {
    char frame[256];
    snprintf(frame, sizeof frame, "%d", depth);
    return depth > 100000 ? 0 : overflows(depth + 1) + frame[0];
}

static int overflow(void *arg) { return overflows(0) == 1; }

static int overflow_in_a_task(void *arg) {
    return bide_join(bide_create_task_with(&(bide_task_options){ .name = "deep", .stack_size = 8192 }, overflow, NULL), NULL);
}

__attribute__((noinline)) static int suspends_deep(int depth) {
    volatile int here = depth;
    const int rc = depth == 0 ? bide_sleep(0) : suspends_deep(depth - 1);
    return here == depth ? rc : BIDE_EVALUE;
}

static int overflow_of_frames(void *arg) { return suspends_deep(2000); }

static int overflow_by_suspending(void *arg) {
    return bide_join(bide_create_task_with(&(bide_task_options){ .name = "frames", .stack_size = 4096 }, overflow_of_frames, NULL), NULL);
}

static int sleeps(void *arg) { return bide_sleep(1000); }

/* The same with so many tasks that frames are not written to the stack at first. */
static int overflow_among_many(void *arg) {
    for (int i = 0; i < 1100; i++) bide_release(bide_create_task_with(&(bide_task_options){ .stack_size = 4096 }, sleeps, NULL));
    return overflow_by_suspending(NULL);
}

static int asks_generator(void *is_async) {
    const bide_task_options small = { .stack_size = 4096 };
    bide_value v;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new_with(&small, *(bool *)is_async, overflow, NULL);
    return bide_generator_next(g, &v);
}

static int overflow_of_generator(bool is_async) {
    return bide_join(bide_create_task_with(&(bide_task_options){ .name = "roomy", .stack_size = 1 << 20 }, asks_generator, &is_async), NULL);
}
static int overflow_in_a_generator(void *arg) { return overflow_of_generator(false); }
static int overflow_in_an_async_generator(void *arg) { return overflow_of_generator(true); }

static jmp_buf jump;

static int jumps(void *arg) {
    BIDE_TRY(bide_sleep(0));
    longjmp(jump, 1);
}

static int jumps_to_another_task(void *arg) {
    if (setjmp(jump) != 0) return 0;
    return bide_join(bide_create_task_with(&(bide_task_options){ .name = "jumper" }, jumps, NULL), NULL);
}

__attribute__((noinline)) static int sets_the_jump(void) { return setjmp(jump); }

static int jumps_to_a_function_that_has_returned(void *arg) { return sets_the_jump() == 0 ? jumps(NULL) : 0; }

static int jumping_callback(void *arg) { longjmp(jump, 1); }

static int jumps_out_of_the_loop(void *arg) {
    bide_handle_release(bide_loop_call_soon(NULL, jumping_callback, NULL));
    return bide_sleep(1);
}

static int locks_twice(void *arg) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    return pthread_mutex_lock(&mutex);
}

static int waits_outside_of_tasks(void) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
    printf("before ");
    pthread_mutex_lock(&mutex);
    return pthread_cond_wait(&cond, &mutex);
}

static const struct { const char *name; bide_fn *fn; } ways[] = {
    { "returns", returns }, { "raises", raises }, { "raises_bare", raises_bare }, { "raises_a_group", raises_a_group }, { "foreign", foreign },
    { "runs_out_of_memory", runs_out_of_memory }, { "drops_memory_errors", drops_memory_errors },
    { "cancels_itself", cancels_itself }, { "exits", exits }, { "deadlocks", deadlocks },
    { "forgets_an_error", forgets_an_error }, { "forgets_a_reference", forgets_a_reference },
    { "fails_in_callback", fails_in_callback }, { "handler_itself_fails", handler_itself_fails },
    { "sleeps_until_ctrl_c", sleeps_until_ctrl_c },
    { "jumps_to_another_task", jumps_to_another_task }, { "jumps_out_of_the_loop", jumps_out_of_the_loop },
    { "jumps_to_a_function_that_has_returned", jumps_to_a_function_that_has_returned },
    { "overflow_in_a_task", overflow_in_a_task }, { "overflow_by_suspending", overflow_by_suspending },
    { "overflow_among_many", overflow_among_many }, { "locks_twice", locks_twice },
    { "overflow_in_a_generator", overflow_in_a_generator }, { "overflow_in_an_async_generator", overflow_in_an_async_generator },
};

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "closes_with_a_pending_task") == 0) return closes_with_a_pending_task();
    if (strcmp(name, "waits_outside_of_tasks") == 0) return waits_outside_of_tasks();
    if (setjmp(jump) != 0) return 3;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0) return bide_main(ways[i].fn, NULL);
    return 2;
}
