/* close.c -- a program that is closed while it does one thing or another. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

BIDE_IMPORT_PROMISE("ask") bide_promise ask(int number);
BIDE_IMPORT("told") void told(int number);

static void last_words(void) { printf("at exit"); }
__attribute__((constructor)) static void begin(void) { atexit(last_words); }

static int clean_up(const char *what) {
    const int rc = bide_sleep(INFINITY);
    bide_ignore(bide_sleep(1.0));
    printf("%s cleaned up\n", what);
    return rc;
}

BIDE_EXPORT int hold(const char *text) {
    char copy[32] = "";
    strncpy(copy, text, sizeof copy - 1);
    const int rc = clean_up(copy);
    printf("still %s\n", text);
    return rc;
}
BIDE_EXPORT int now(int n) { return n; }
BIDE_EXPORT int nap(double seconds) { return bide_sleep(seconds); }
BIDE_EXPORT int wait_for_javascript(int n) { return bide_await_promise(ask(n), NULL); }
BIDE_EXPORT int tell(int n) {
    told(n);
    return bide_sleep(INFINITY);
}
BIDE_EXPORT int swallow(void) { return bide_sleep(INFINITY) == BIDE_ECANCELED ? 5 : 6; }
BIDE_EXPORT int fail_instead(void) {
    bide_ignore(bide_sleep(INFINITY));
    return bide_raise(BIDE_EVALUE, "in the clean-up");
}
BIDE_EXPORT int crash_instead(void) {
    bide_ignore(bide_sleep(INFINITY));
    __builtin_trap();
}
BIDE_EXPORT int leave(int code) { exit(code); }

static int left(void *arg) { return clean_up(arg); }
BIDE_EXPORT int leave_behind(void) { return bide_release(bide_create_task(left, "what was left")), 0; }
static int left_failing(void *arg) {
    (void)arg;
    bide_ignore(bide_sleep(INFINITY));
    return bide_raise(BIDE_EVALUE, "nobody waits for it");
}
BIDE_EXPORT int leave_failing(void) { return bide_release(bide_create_task(left_failing, NULL)), 0; }

static int numbers(void *arg) {
    (void)arg;
    for (int i = 0;; i++) {
        const int rc = bide_yield(bide_i64(i), NULL);
        if (rc != 0) return puts("the generator is closed"), rc;
    }
}
static bide_generator *generator;
BIDE_EXPORT int leave_generator(void) {
    generator = bide_async_generator_new(numbers, NULL);
    return bide_generator_next(generator, NULL);
}

static int waits(void *arg) { return clean_up(arg); }
static int reads(void *arg) {
    char line[8];
    size_t got;
    (void)arg;
    return bide_read(0, line, sizeof line, &got);
}

static int with_loop(void) {
    bide_loop *loop = bide_new_event_loop();
    bide_task *task = bide_loop_create_task(loop, waits, "a task of the loop");
    printf("run_forever gave %d\n", bide_loop_run_forever(loop));
    bide_task_cancel(task);
    printf("the task gave %d\n", bide_loop_run_until_complete_join(loop, task, NULL) == BIDE_ECANCELED);
    bide_loop_release(loop);
    return 4;
}

static int two_runs(void) {
    printf("first %d\n", bide_run(waits, "the first run", NULL) == BIDE_ECANCELED);
    printf("second %d\n", bide_run(left_failing, NULL, NULL) == BIDE_EVALUE);
    return 0;
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "wait")) return bide_main(waits, "main");
    if (!strcmp(what, "read")) return bide_main(reads, NULL);
    if (!strcmp(what, "loop")) return with_loop();
    if (!strcmp(what, "runs")) return two_runs();
    return 9;
}
