/* debug.c -- programs that debug mode has something to say about, each by name. Compiled with -DBIDE_DEBUG.
 *
 * A comment at the end of a line, in capitals, is what the test calls that line in reports. */
#include <bide.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

static int returns(void *arg) { return 0; }
static int fails(void *arg) { return bide_raise(BIDE_EVALUE, "bad port %d", 7); }
static int sleeps(void *arg) { return bide_sleep(1.0); } /* SLEEP */
static int waits_for_event(void *event) { return bide_event_wait(event); } /* EVENT */
static int done(bide_future *f, void *arg) { return 0; }

static bide_task *named(const char *name, bide_fn *fn, void *arg) {
    return bide_create_task_with(&(bide_task_options){ .name = name }, fn, arg); /* NAMED */
}

/* ------------------------------------------------------------------ slow callbacks */

static int slow(void *arg) {
    bide_loop_set_slow_callback_duration(NULL, 0);
    BIDE_AUTO bide_task *t = named("quick", returns, NULL);
    if (bide_future_add_done_callback(t, done, NULL) != 0) return bide_last_error();
    bide_loop_call_soon(NULL, returns, NULL); /* CALLBACK */
    BIDE_TRY(bide_await(t, NULL)); /* AWAIT_QUICK */
    BIDE_TRY(bide_sleep(0)); /* SLEEP_QUICK */
    BIDE_TRY((bide_sleep)(1));     /* as code does that is not compiled with BIDE_DEBUG */
    bide_loop_set_slow_callback_duration(NULL, INFINITY);
    return 0;
}

static int default_duration(void *arg) {
    printf("%g\n", bide_loop_get_slow_callback_duration(NULL));
    return 0;
}

/* ------------------------------------------------------------------ places of creation */

static int never_retrieved(void *arg) {
    bide_task *t = bide_create_task(fails, NULL); /* TASK */
    BIDE_AUTO bide_future *f = bide_future_new(NULL); /* FUTURE */
    if (bide_future_set_exception(f, BIDE_EKEY, NULL) != 0) return bide_last_error();
    BIDE_TRY(bide_sleep(0));
    bide_release(t);
    return 0;
}

static int fails_in_callback(void *arg) {
    bide_loop_call_later(NULL, 1, fails, NULL); /* LATER */
    return bide_sleep(2);
}

static int forgotten(void *arg) {
    bide_task *t = bide_create_task(returns, NULL); /* TASK */
    bide_future *f = bide_future_new(NULL); /* FUTURE */
    BIDE_TRY(bide_future_set_result(f, bide_i64(1)));
    return bide_await(t, NULL);
}

static int left(void *arg) {
    bide_release(named("sleeper", sleeps, NULL));
    BIDE_TRY(bide_sleep(0));
    bide_release(bide_create_task(returns, NULL)); /* TASK */
    return 0;
}

static int places_in_dump(void *arg) {
    static bide_event event;
    BIDE_AUTO bide_task *waiter = named("waiter", waits_for_event, &event);
    BIDE_TRY(bide_sleep(0));
    bide_dump(NULL);
    bide_event_set(&event);
    return bide_await(waiter, NULL);
}

static int destroyed(void) {
    bide_loop *loop = bide_new_event_loop();
    bide_release(bide_loop_create_task(loop, sleeps, NULL)); /* TASK */
    bide_loop_release(loop);
    return 0;
}

/* ------------------------------------------------------------------ the wrong place */

static int callback_sleeps(void *arg) {
    bide_ignore(bide_sleep(1)); /* CALLBACK */
    return 0;
}

static int callback_sets_result(void *arg) { return bide_return_i64(1); }

static int wrong_place(void *arg) {
    bide_loop_call_soon(NULL, callback_sleeps, NULL);
    bide_loop_call_soon(NULL, callback_sets_result, NULL);
    BIDE_TRY(bide_sleep(0));
    bide_ignore(bide_run(returns, NULL, NULL)); /* RUN */
    bide_ignore(bide_loop_run_forever(NULL)); /* FOREVER */
    bide_ignore(bide_await(bide_current_task(), NULL)); /* AWAIT */
    bide_ignore(bide_wait_for(bide_current_task(), 0, NULL)); /* WAIT_FOR */
    return 0;
}

static int in_main(void) {
    bide_ignore(bide_sleep(1)); /* SLEEP */
    return bide_main(returns, NULL);
}

static int no_function(void *arg) {
    bide_task *t = bide_create_task(NULL, NULL); /* TASK */
    bide_task_cancel(t);
    bide_ignore(bide_join(t, NULL));
    return 0;
}

/* ------------------------------------------------------------------ no-switch sections */

static int switches_inside(void *arg) {
    BIDE_NO_SWITCH { /* SECTION */
        BIDE_TRY(bide_sleep(1)); /* SLEEP */
    }
    return bide_sleep(1);
}

static int leaves_by_error(void *arg) {
    BIDE_NO_SWITCH BIDE_TRY(bide_raise(BIDE_EVALUE, NULL));
    return 0;
}

static int no_switch(void *arg) {
    int passes = 0;
    BIDE_NO_SWITCH {
        passes++;
        continue;
    }
    BIDE_NO_SWITCH {
        BIDE_NO_SWITCH break; /* BREAK */
        passes++;
    }
    bide_ignore(leaves_by_error(NULL));
    bide_release(named("other", sleeps, NULL));
    BIDE_TRY(bide_sleep(0));
    printf("%d\n", passes);
    return switches_inside(NULL);
}

static int suspended_in_section(void *arg) {
    BIDE_NO_SWITCH return bide_sleep(INFINITY); /* SECTION */
    return 0;
}

/* The section of a destroyed task is not taken for one of the next task, which may lie in the same place. */
static int destroyed_in_section(void) {
    for (int i = 0; i < 2; i++) {
        bide_loop *loop = bide_new_event_loop();
        bide_release(bide_loop_create_task(loop, i == 0 ? suspended_in_section : sleeps, NULL)); /* TASK */
        bide_ignore(bide_loop_run_until_complete_call(loop, returns, NULL, NULL));
        bide_loop_release(loop);
    }
    return 0;
}

/* ------------------------------------------------------------------ moved, freed, overwritten */

static int moved_event(void *arg) {
    static bide_event event, other;
    BIDE_AUTO bide_task *waiter = named("waiter", waits_for_event, &event);
    BIDE_TRY(bide_sleep(0));
    other = event;
    bide_event_set(&other);
    bide_event_set(&event);
    return bide_await(waiter, NULL);
}

static int takes(void *lock) {
    BIDE_TRY(bide_lock_acquire(lock)); /* LOCK */
    return bide_lock_release(lock);
}

static int moved_lock(void *arg) {
    static bide_lock lock, other;
    BIDE_TRY(bide_lock_acquire(&lock));
    BIDE_AUTO bide_task *waiter = named("waiter", takes, &lock);
    BIDE_TRY(bide_sleep(0));
    other = lock;
    bide_lock_release(&other);
    bide_lock_release(&lock);
    return bide_await(waiter, NULL);
}

/* The event is found broken when the loop is idle, reported once, and not touched when the task leaves. */
static int overwritten(void *arg) {
    bide_event *event = calloc(1, sizeof *event);
    bide_task *waiter = named("waiter", waits_for_event, event);
    BIDE_TRY(bide_sleep(0));
    memset(event, 0xa5, sizeof *event);
    BIDE_TRY(bide_sleep(1));
    BIDE_TRY(bide_sleep(1));
    bide_task_cancel(waiter);
    bide_ignore(bide_join(waiter, NULL));
    unsigned char *bytes = (unsigned char *)event;
    for (size_t i = 0; i < sizeof *event; i++)
        if (bytes[i] != 0xa5) puts("touched");
    free(event);
    return 0;
}

/* When a task leaves, those who wait beside it forget it. */
static int overwritten_for_several(void *arg) {
    static bide_event event;
    bide_task *ts[3];
    for (int i = 0; i < 3; i++) ts[i] = bide_create_task(waits_for_event, &event);
    BIDE_TRY(bide_sleep(0));
    memset(&event, 0x5a, sizeof event);
    for (int i = 0; i < 3; i++) {
        bide_task_cancel(ts[i]);
        bide_ignore(bide_join(ts[i], NULL));
    }
    return 0;
}

static int not_initialised(void *arg) {
    static union { char bytes[sizeof(bide_event)]; bide_event event; } garbage;
    memset(garbage.bytes, 0x11, sizeof garbage);
    garbage.event.is_set = false;
    bide_event_set(&garbage.event);
    return 0;
}

static int waits_with_timeout(void *timeout) {
    BIDE_TRY(bide_timeout_enter(timeout, 5));
    return bide_sleep(2);
}

static int overwritten_timeout(void *arg) {
    static bide_timeout timeout;
    BIDE_AUTO bide_task *t = bide_create_task(waits_with_timeout, &timeout); /* LIMITED */
    BIDE_TRY(bide_sleep(0));
    memset(&timeout, 0x5a, sizeof timeout);
    return bide_sleep(10);
}

static int moved_timeout(void *arg) {
    bide_timeout first = BIDE_TIMEOUT_INIT, second = BIDE_TIMEOUT_INIT;
    BIDE_TRY(bide_timeout_enter(&first, 5));
    second = first;
    return bide_timeout_exit(&second, 0);
}

/* ------------------------------------------------------------------ the stack of a task that has ended */

/* The event lies in the stack of the task that has made this one. */
static int waits_for_argument(void *event) { return bide_event_wait(event); } /* BORROWED */

static int lends_its_stack(void *tasks) {
    bide_event event = BIDE_EVENT_INIT;
    *(bide_task **)tasks = named("borrower", waits_for_argument, &event);
    return bide_sleep(0);
}

static int stack_of_ended(void *arg) {
    static bide_task *borrower;
    BIDE_TRY(bide_join(named("lender", lends_its_stack, &borrower), NULL));
    exit(0);
}

static int leaves_timeout(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    return bide_timeout_enter(&t, 5);
}

static int timeout_not_left(void *arg) {
    BIDE_TRY(bide_join(named("careless", leaves_timeout, NULL), NULL));
    return bide_sleep(10);
}

static int leaves_group(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&g));
    bide_task_group_create_task(&g, sleeps, NULL); /* CHILD */
    return 0;
}

static int group_not_left(void *arg) {
    BIDE_TRY(bide_join(named("careless", leaves_group, NULL), NULL));
    exit(0);
}

/* ------------------------------------------------------------------ frames that have returned */

/* All that is lent by these is there for as long as it is used. */
typedef struct { bide_event event; bide_task_group *group; int *number, depth; } alive;

/* Call `fn` from far below, since natively the frames of a suspension count as the program's. */
static __attribute__((noinline)) int below(int depth, bide_fn *fn) {
    volatile char room[256];
    room[0] = (char)depth;
    const int rc = depth > 0 ? below(depth - 1, fn) : fn(NULL);
    return room[0] == depth ? rc : 0;
}

static int creates(void *arg) {
    int x = 7;
    bide_release(named("reader", returns, &x));
    return 0;
}

static int creates_with_number(void *arg) {
    volatile char x = 0;
    bide_release(named("counter", returns, (void *)((uintptr_t)&x - 4096)));
    return 0;
}

static int creates_and_cancels(void *arg) {
    int x = 7;
    bide_task *t = named("cancelled", returns, &x);
    bide_task_cancel(t);
    bide_release(t);
    bide_handle_cancel(bide_loop_call_soon(NULL, returns, &x));
    return 0;
}

static int creates_eagerly(void *arg) {
    int x = 7;
    bide_release(bide_create_task_with(&(bide_task_options){ .name = "eager", .eager_start = true }, sleeps, &x)); /* EAGER */
    return 0;
}

static int hands_on(void *arg) {
    bide_release(named("inner", returns, arg));
    return 0;
}

static int creates_through_another(void *arg) {
    int x = 7;
    bide_release(bide_create_task_with(&(bide_task_options){ .name = "middle", .eager_start = true }, hands_on, &x));
    return 0;
}

static int calls_soon(void *arg) {
    int x = 7;
    bide_loop_call_soon(NULL, returns, &x); /* SOON */
    bide_loop_call_later(NULL, 0.5, returns, &x); /* LATER_CALL */
    return 0;
}

static int adds_callback(void *arg) {
    int x = 7;
    BIDE_AUTO bide_task *t = named("followed", returns, NULL);
    return bide_future_add_done_callback(t, done, &x); /* ADDS */
}

static int adds_reader(void *arg) {
    int x = 7;
    return bide_loop_add_reader(NULL, 0, returns, &x); /* READER */
}

static int callback_creates(void *arg) {
    int x = 7;
    bide_release(named("of_callback", returns, &x));
    return 0;
}

static int defers(void *arg) {
    int x = 7;
    return bide_defer(returns, &x); /* DEFERS */
}

/* The generator's helper has returned when it yields; its own frame, when it ends. */
static int yields(void *arg) {
    int x = 7;
    BIDE_TRY(below(5, creates));
    bide_release(named("sleeper", sleeps, &x));
    BIDE_TRY(bide_sleep(0));
    return bide_yield(bide_i64(1), NULL);
}

static int plain_yields(void *arg) {
    BIDE_TRY(below(5, creates));
    return bide_yield(bide_i64(1), NULL);
}

static int dead_arguments_of_generators(void *arg) {
    bide_value one;
    bide_generator *g = bide_async_generator_new(yields, NULL), *plain = bide_generator_new(plain_yields, NULL);
    BIDE_TRY(bide_generator_next(g, &one));
    BIDE_TRY(bide_generator_next(plain, &one));
    BIDE_TRY(bide_sleep(0));
    if (bide_generator_next(g, &one) != BIDE_ESTOP || bide_generator_next(plain, &one) != BIDE_ESTOP) return bide_last_error();
    bide_generator_release(g);
    bide_generator_release(plain);
    return bide_sleep(2);
}

/* The creator runs while those that it starts eagerly run and wait. */
static int waits_eagerly(void *arg) {
    alive *a = arg;
    const bide_task_options eager = { .eager_start = true };
    if (a->depth++ < 2) bide_task_group_create_task_with(a->group, &eager, waits_eagerly, a);
    return bide_event_wait(&a->event);
}

static int dead_arguments(void *arg) {
    static bide_fn *const all[] = { creates, creates_eagerly, creates_through_another, calls_soon, adds_callback, adds_reader, defers, creates_with_number, creates_and_cancels };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) BIDE_TRY(below(5, all[i]));
    bide_loop_call_soon(NULL, callback_creates, NULL);
    BIDE_TRY(bide_sleep(0));
    bide_loop_remove_reader(NULL, 0);
    return bide_sleep(1);
}

static bide_event *lent_event;
static int waits_for_lent(void *arg) { return bide_event_wait(lent_event); } /* LENT */

/* The event is there when the first begins to wait, and gone when the second does. */
static int lends_event(void *arg) {
    bide_event event = BIDE_EVENT_INIT;
    lent_event = &event;
    bide_release(named("first", waits_for_lent, NULL));
    return bide_sleep(0);
}

static int dead_objects(void *arg) {
    BIDE_TRY(below(20, lends_event));
    BIDE_TRY(bide_sleep(0));
    bide_release(named("second", waits_for_lent, NULL));
    BIDE_TRY(bide_sleep(0));
    exit(0);
}

static int enters_timeout(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    return bide_timeout_enter(&t, 5);
}

static int enters_group(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&g));
    bide_task_group_create_task(&g, sleeps, NULL); /* CHILD_OF_HELPER */
    return 0;
}

static int dead_blocks(void *arg) {
    BIDE_TRY(below(5, enters_timeout));
    BIDE_TRY(below(5, enters_group));
    BIDE_TRY(bide_sleep(0));
    exit(0);
}

/* Another frame has come to lie where the helper's was, when the task is suspended. */
static __attribute__((noinline)) void adds_to(bide_task_group *g) {
    int x = 7;
    bide_task_group_create_task(g, returns, &x); /* IN_GROUP */
}

static int below_another_frame(void *arg) {
    volatile char room[512];
    room[0] = 1;
    return room[0] ? bide_sleep(1) : 0;
}

static int overlaid_arguments(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_WITH_TASK_GROUP(&g) adds_to(&g);
    BIDE_TRY(below(0, creates));
    BIDE_TRY(bide_call(below_another_frame, NULL, NULL));
    return 0;
}

/* Nothing notes its place between the helper's return and the other frame. */
static int covered_arguments(void *arg) {
    BIDE_TRY(below(0, creates));
    return below_another_frame(NULL);
}

static int creates_for_loop(void *arg) {
    int x = 7;
    bide_release(bide_loop_create_task(NULL, returns, &x)); /* BY_MAIN */
    return 0;
}

static int dead_argument_of_main(void) {
    int x = 7;
    bide_loop *loop = bide_new_event_loop();
    bide_set_event_loop(loop);
    bide_release(bide_loop_create_task(NULL, returns, &x));
    int rc = below(5, creates_for_loop);
    if (rc == 0) rc = bide_loop_run_until_complete_call(NULL, returns, NULL, NULL);
    bide_set_event_loop(NULL);
    bide_loop_release(loop);
    return rc;
}

static int uses(void *arg) {
    alive *a = arg;
    BIDE_TRY(bide_event_wait(&a->event));
    ++*a->number;
    return 0;
}

/* Hands on what is in its creator's frame, and goes on below. */
static int passes_on(void *arg) {
    alive *a = arg;
    for (int i = 0; i < 3; i++) {
        bide_task_group_create_task(a->group, uses, a);
        bide_loop_call_later(NULL, 0.1, returns, a->number);
        BIDE_TRY(below(i, sleeps));
    }
    return 0;
}

static int lends_for_a_while(void *arg) {
    static int number;
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    bide_timeout t = BIDE_TIMEOUT_INIT;
    alive a = { BIDE_EVENT_INIT, &g, &number, 0 };
    BIDE_WITH_TIMEOUT(&t, 100) {
        BIDE_WITH_TASK_GROUP(&g) {
            bide_task_group_create_task(&g, passes_on, &a);
            bide_task_group_create_task_with(&g, &(bide_task_options){ .eager_start = true }, waits_eagerly, &a);
            BIDE_TRY(below(5, sleeps));
            BIDE_TRY(below(1, sleeps));
            BIDE_TRY(bide_sleep(3));
            bide_event_set(&a.event);
        }
    }
    printf("%d\n", number);
    return 0;
}

/* The jump passes the frames of helpers, and stays above what is lent. */
static jmp_buf jump;
static int jumps(void *arg) { longjmp(jump, 1); }

static int lends_and_jumps(void *arg) {
    volatile int number = 0;
    BIDE_AUTO bide_task *t = bide_create_task(sleeps, (void *)&number);
    if (setjmp(jump) == 0) return below(3, jumps);
    if (number++ == 0) {
        BIDE_TRY(bide_sleep(0));
        longjmp(jump, 1);
    }
    return bide_await(t, NULL);
}

static int live_arguments(void *arg) {
    int *heap = calloc(1, sizeof *heap);
    BIDE_AUTO bide_task *t = bide_create_task(sleeps, heap);
    BIDE_AUTO bide_task *copy = bide_create_task_copy(returns, &(int){ 7 }, sizeof(int));
    for (intptr_t i = 1; i < 1 << 20; i += 4099) bide_release(bide_create_task(returns, (void *)i));
    BIDE_TRY(lends_and_jumps(NULL));
    BIDE_TRY(below(4, lends_for_a_while));
    BIDE_TRY(below(6, lends_for_a_while));
    BIDE_TRY(bide_await(t, NULL));
    free(heap);
    return bide_await(copy, NULL);
}

/* ------------------------------------------------------------------ blocks */

static int enters(void *arg) { return 0; }
static int exits(void *arg, int code) { return code; }
static void exits_late(void *arg) { bide_ignore(bide_sleep(1)); }

static int breaks(void *arg) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    for (int i = 0; i < 2; i++) {
        BIDE_WITH(enters, exits, NULL) { /* BLOCK */
            if (i == 1) break;
        }
        BIDE_WITH(enters, exits, NULL) continue;
        BIDE_GUARD(enters, exits_late, NULL);
        if (i == 1) break;
    }
    BIDE_WITH_TIMEOUT(&t, 1) {
        while (true) break;
        switch (1) default: break;
    }
    return 0;
}

static int plain_timeout(void) {
    bide_timeout t = BIDE_TIMEOUT_INIT;
    BIDE_WITH_TIMEOUT(&t, 1) { /* TIMEOUT */
        const int rc = bide_sleep(2);
        if (rc != 0) return rc;
    }
    return 0;
}

static int plain_group(void) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    int rc = 0;
    BIDE_WITH_TASK_GROUP(&g) { /* GROUP */
        bide_task_group_create_task(&g, sleeps, NULL);
        rc = fails(NULL);
        goto out;
    }
out:
    return rc;
}

/* Whoever gets the raw codes goes on with them. */
static int left_raw(void *arg) {
    printf("%s", bide_error_name(plain_timeout()));
    BIDE_TRY(bide_sleep(0));
    printf(" %s\n", bide_error_name(plain_group()));
    return 0;
}

/* Nobody sees the raw code: the library gets it. */
static int left_at_once(void *arg) {
    BIDE_GUARD(enters, exits_late, NULL);
    return plain_timeout();
}

static int left_well(void *arg) {
    printf("%s\n", bide_error_name(bide_call(left_at_once, NULL, NULL)));
    return 0;
}

/* ------------------------------------------------------------------ on and off */

static int off(void *arg) {
    bide_loop_set_debug(NULL, false);
    printf("%d\n", bide_loop_get_debug(NULL));
    bide_loop_set_slow_callback_duration(NULL, 0);
    bide_release(named("sleeper", sleeps, NULL));
    BIDE_NO_SWITCH return bide_sleep(1);
    return 0;
}

static int turned_on(void *arg) {
    printf("%d\n", bide_loop_get_debug(NULL));
    bide_loop_set_debug(NULL, true);
    bide_loop_set_slow_callback_duration(NULL, INFINITY);
    bide_release(named("sleeper", sleeps, NULL));
    return bide_sleep(0);
}

static int many(void *arg) {
    bide_future *fs[200];
    for (int i = 0; i < 200; i++) fs[i] = bide_future_new(NULL);
    for (int i = 0; i < 200; i += 2) bide_release(fs[i]);
    for (int i = 0; i < 200; i += 2) fs[i] = bide_future_new(NULL);
    bide_release_all(fs, 200);
    bide_future *last = bide_future_new(NULL); /* LAST */
    return last ? 0 : bide_last_error();
}

/* A busy machine must not make a step slow that is not meant to be slow. */
static bide_fn *chosen;
static int not_slow(void *arg) {
    if (bide_loop_get_slow_callback_duration(NULL) == 0.1 && chosen != default_duration) bide_loop_set_slow_callback_duration(NULL, INFINITY);
    return chosen(arg);
}

static const struct { const char *name; bide_fn *fn; } ways[] = {
    { "slow", slow }, { "default_duration", default_duration }, { "never_retrieved", never_retrieved },
    { "fails_in_callback", fails_in_callback }, { "forgotten", forgotten }, { "left", left }, { "places_in_dump", places_in_dump },
    { "wrong_place", wrong_place }, { "no_function", no_function }, { "no_switch", no_switch }, { "moved_event", moved_event },
    { "moved_lock", moved_lock }, { "overwritten", overwritten }, { "overwritten_for_several", overwritten_for_several },
    { "not_initialised", not_initialised }, { "overwritten_timeout", overwritten_timeout }, { "moved_timeout", moved_timeout },
    { "stack_of_ended", stack_of_ended }, { "timeout_not_left", timeout_not_left }, { "group_not_left", group_not_left },
    { "dead_arguments", dead_arguments }, { "overlaid_arguments", overlaid_arguments }, { "covered_arguments", covered_arguments }, { "dead_arguments_of_generators", dead_arguments_of_generators }, { "dead_objects", dead_objects }, { "dead_blocks", dead_blocks }, { "live_arguments", live_arguments },
    { "breaks", breaks }, { "left_raw", left_raw }, { "left_well", left_well },
    { "off", off }, { "turned_on", turned_on }, { "many", many },
};

static const struct { const char *name; int (*fn)(void); } others[] = {
    { "destroyed", destroyed }, { "dead_argument_of_main", dead_argument_of_main }, { "in_main", in_main }, { "destroyed_in_section", destroyed_in_section },
};

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i].name, name) == 0) return others[i].fn();
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0) chosen = ways[i].fn;
    return chosen ? bide_main(not_slow, NULL) : 2;
}
