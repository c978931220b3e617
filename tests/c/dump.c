/* dump.c -- programs whose tasks are printed, each by name: what stands below whom. */
#include <bide.h>
#include <stdio.h>
#include <string.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

static bide_event event;

static bide_task *named(const char *name, bide_fn *fn, void *arg) {
    return bide_create_task_with(&(bide_task_options){ .name = name }, fn, arg);
}

static int returns(void *arg) { return 0; }
static int sleeps(void *seconds) { return bide_sleep(*(double *)seconds); }
static int waits_for_event(void *arg) { return bide_event_wait(&event); }
static int awaits(void *future) { return bide_await(*(bide_future **)future, NULL); }

static int dumps(void *arg) {
    bide_dump(NULL);
    return 0;
}

/* Print when `seconds` have passed, then end the waits. */
static int ends(void *seconds) {
    BIDE_TRY(bide_sleep(*(double *)seconds));
    bide_dump(NULL);
    bide_event_set(&event);
    return 0;
}

static double one = 1.0, two = 2.0;

static int states(void *arg) {
    BIDE_AUTO bide_task *sleeper = named("sleeper", sleeps, &two), *waiter = named("waiter", waits_for_event, NULL);
    BIDE_TRY(bide_sleep(1.0));
    BIDE_AUTO bide_task *fresh = named("fresh", returns, NULL);
    bide_task_cancel(sleeper);
    bide_loop_call_soon(NULL, dumps, NULL);
    bide_dump(NULL);
    BIDE_TRY(bide_sleep(0));
    bide_event_set(&event);
    return bide_await(waiter, NULL);
}

static int chain(void *arg) {
    BIDE_AUTO bide_task *first = named("first", waits_for_event, NULL), *second = named("second", awaits, &first);
    BIDE_AUTO bide_task *also = named("also", awaits, &first), *end = named("end", ends, &one);
    BIDE_TRY(bide_await(second, NULL));
    return bide_await(also, NULL);
}

static int gathered(void *arg) {
    BIDE_AUTO bide_task *end = named("end", ends, &one);
    BIDE_AUTO bide_task *c = named("c", waits_for_event, NULL);
    BIDE_AUTO bide_future *inner = bide_gather(BIDE_FUTURES(c), true);
    return bide_gather_join(BIDE_FUTURES(named("a", waits_for_event, NULL), named("b", returns, NULL), bide_retain(inner)), true, NULL);
}

static int shielded(void *arg) {
    BIDE_AUTO bide_task *inner = named("inner", waits_for_event, NULL), *end = named("end", ends, &one);
    return bide_wait_for_join(bide_shield(inner), 5.0, NULL);
}

static int waited(void *arg) {
    BIDE_AUTO bide_task *inner = named("inner", waits_for_event, NULL), *end = named("end", ends, &one);
    BIDE_AUTO bide_future *gather = bide_gather(BIDE_FUTURES(inner), true);
    return bide_wait(BIDE_FUTURES(gather, end), INFINITY, BIDE_ALL_COMPLETED, NULL);
}

static int as_completed(void *arg) {
    BIDE_AUTO bide_task *inner = named("inner", waits_for_event, NULL), *end = named("end", ends, &one);
    bide_as_completed it;
    BIDE_TRY(bide_as_completed_init(&it, BIDE_FUTURES(inner, end), INFINITY));
    int rc = bide_as_completed_next(&it, NULL);
    if (rc == 0) rc = bide_as_completed_next(&it, NULL);
    bide_as_completed_clear(&it);
    return rc;
}

static int slow_to_clean_up(void *arg) {
    bide_ignore(bide_event_wait(&event));
    return bide_event_wait(&event);
}

static int cancels_at_once(void *arg) {
    BIDE_AUTO bide_task *inner = named("inner", slow_to_clean_up, NULL), *end = named("end", ends, &one);
    BIDE_TRY(bide_sleep(0));
    bide_ignore(bide_wait_for(inner, 0, NULL));
    return 0;
}

/* The children stand below the parent while it is still busy in the body, too. */
static int group(void *arg) {
    bide_task_group g = BIDE_TASK_GROUP_INIT;
    BIDE_TRY(bide_task_group_enter(&g));
    bide_task_group_create_task_with(&g, &(bide_task_options){ .name = "child" }, waits_for_event, NULL);
    int rc = bide_sleep(1.0);
    bide_dump(NULL);
    BIDE_AUTO bide_task *end = named("end", ends, &one);
    return bide_task_group_exit(&g, rc);
}

static int rest(void *arg) {
    BIDE_AUTO bide_task *sleeper = named("sleeper", sleeps, &two);
    BIDE_TRY(bide_sleep(0));
    bide_loop_call_soon(NULL, returns, NULL);
    bide_loop_call_later(NULL, 0.5, returns, NULL);
    bide_dump(NULL);
    return 0;
}

static int plain_future(void *arg) {
    BIDE_AUTO bide_future *f = bide_future_new(NULL);
    return bide_await(f, NULL);
}

static int ring(void *arg) {
    static bide_task *a, *b;
    a = named("a", awaits, &b), b = named("b", awaits, &a);
    bide_release(named("alone", plain_future, NULL));
    return bide_await(a, NULL);
}

/* Gathers of gathers, more than a line could tell of. */
static int deep_gathers(void *arg) {
    bide_future *f = named("innermost", waits_for_event, NULL);
    for (int i = 0; i < 20000; i++) {
        bide_future *outer = bide_gather(&f, 1, true);
        bide_release(f);
        f = outer;
    }
    bide_task *t = named("waits", awaits, &f);
    BIDE_TRY(bide_sleep(0));
    bide_dump(NULL);
    bide_event_set(&event);
    BIDE_TRY(bide_join(t, NULL));
    bide_release(f);
    return 0;
}

/* A chain that is deeper than a tree goes. */
static int deep(void *arg) {
    static bide_task *chain[21];
    chain[0] = named("0", waits_for_event, NULL);
    for (int i = 1; i < 21; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        chain[i] = named(name, awaits, &chain[i - 1]);
    }
    BIDE_TRY(bide_sleep(0));
    bide_dump(NULL);
    bide_event_set(&event);
    const int rc = bide_await(chain[20], NULL);
    bide_release_all(chain, 21);
    return rc;
}

static int many(void *arg) {
    for (int i = 0; i < 1500; i++) {
        BIDE_AUTO bide_task *t = bide_create_task_with(&(bide_task_options){ .stack_size = 512 }, waits_for_event, NULL);
        if (!t) return bide_last_error();
    }
    BIDE_TRY(bide_sleep(0));
    bide_dump(NULL);
    return 0;
}

static int until_ctrl_c(void *arg) {
    BIDE_AUTO bide_task *waiter = named("waiter", waits_for_event, NULL);
    puts("ready");
    fflush(stdout);
    return bide_sleep(1000);
}

/* The loop is never idle: a signal is noticed between the turns. */
static int busy_until_ctrl_c(void *arg) {
    puts("ready");
    fflush(stdout);
    int rc;
    while ((rc = bide_sleep(0)) == 0) {}
    return rc;
}

static const struct { const char *name; bide_fn *fn; } ways[] = {
    { "states", states }, { "chain", chain }, { "gathered", gathered }, { "shielded", shielded }, { "waited", waited },
    { "as_completed", as_completed }, { "cancels_at_once", cancels_at_once }, { "group", group }, { "rest", rest },
    { "ring", ring }, { "deep", deep }, { "deep_gathers", deep_gathers }, { "many", many }, { "until_ctrl_c", until_ctrl_c }, { "busy_until_ctrl_c", busy_until_ctrl_c },
};

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "no_loop") == 0) return bide_dump(NULL), 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0) return bide_main(ways[i].fn, NULL);
    return 2;
}
