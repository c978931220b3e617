/* tasks.c -- what tasks cost.
 *
 *   tasks switch TASKS TURNS ROUNDS [STACK]   ns from one task's sleep(0) to the next task's
 *   tasks frames COUNT ROUNDS                 ns for a sleep(0) of a task's function, and of a function 64 calls below it
 *   tasks spawn COUNT ROUNDS                  ns to create a task that does nothing, and to join it
 *   tasks sleepers COUNT [STACK]              ms beyond 1 s for so many tasks that sleep 1 s, bytes of
 *                                             linear memory then, bytes of its stack that a task used
 *
 * A line a round. STACK is each task's stack size; without it, the default. peers/ has the same program
 * in other languages.
 *
 * There are rounds because an engine replaces the code of a loop only when it is entered again. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

static int count, turns;
static bide_task_options options;
static bide_task **tasks;

static int create_all(bide_fn *fn) {
    for (int i = 0; i < count; i++) {
        tasks[i] = bide_create_task_with(&options, fn, i == 0 ? &count : NULL);
        if (!tasks[i]) return bide_last_error();
    }
    return 0;
}

static int join_all(void) {
    for (int i = 0; i < count; i++) BIDE_TRY(bide_join(tasks[i], NULL));
    return 0;
}

/* ------------------------------------------------------------------ switch */

static int spinner(void *arg) {
    (void)arg;
    for (int i = 0; i < turns; i++) BIDE_TRY(bide_sleep(0));
    return 0;
}

/* The clock starts when every task has been entered once, so creating them is not measured. */
static int switching(void *arg) {
    (void)arg;
    BIDE_TRY(create_all(spinner));
    BIDE_TRY(bide_sleep(0));
    double start = seconds_now();
    BIDE_TRY(join_all());
    printf("%.3f\n", (seconds_now() - start) / count / turns * 1e9);
    return 0;
}

/* ------------------------------------------------------------------ frames */

enum { FRAMES = 64 };

/* A code, or how many frames there were: so that the compiler makes no loop of it. */
__attribute__((noinline)) static int below(int frames) {
    if (frames == 0) return bide_sleep(0);
    int rc = below(frames - 1);
    return rc < 0 ? rc : rc + 1;
}

static double switches_below(int frames, int *rc) {
    double start = seconds_now();
    for (int i = 0; *rc >= 0 && i < count; i++) *rc = below(frames);
    return (seconds_now() - start) / count * 1e9;
}

static int nesting(void *arg) {
    (void)arg;
    int rc = 0;
    double none = switches_below(0, &rc), all = switches_below(FRAMES, &rc);
    if (rc < 0) return rc;
    printf("%.3f %.3f\n", none, all);
    return 0;
}

/* ------------------------------------------------------------------ spawn */

static int nothing(void *arg) {
    (void)arg;
    return 0;
}

static int spawning(void *arg) {
    (void)arg;
    double start = seconds_now();
    for (int i = 0; i < count; i++) BIDE_TRY(bide_join(bide_create_task(nothing, NULL), NULL));
    printf("%.3f\n", (seconds_now() - start) / count * 1e9);
    return 0;
}

/* ------------------------------------------------------------------ sleepers */

static size_t stack_used;

/* `first` has an argument, the others have none. */
static int sleeper(void *first) {
    BIDE_TRY(bide_sleep(1.0));
    if (first) stack_used = bide_task_stack_used(bide_current_task());
    return 0;
}

static int sleeping(void *arg) {
    (void)arg;
    double start = seconds_now();
    BIDE_TRY(create_all(sleeper));
    BIDE_TRY(join_all());
    double overhead = seconds_now() - start - 1.0;
    printf("%.3f %zu %zu\n", overhead * 1e3, (size_t)__builtin_wasm_memory_size(0) * 65536, stack_used);
    return 0;
}

/* ------------------------------------------------------------------ main */

typedef struct { const char *name; bide_fn *fn; int numbers; bool has_turns; } measure;

static const measure measures[] = {
    { "switch", switching, 3, true },
    { "frames", nesting, 2, false },
    { "spawn", spawning, 2, false },
    { "sleepers", sleeping, 1, false },
};

static const measure *find(const char *name, int numbers) {
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        if (strcmp(measures[i].name, name) == 0 && numbers >= measures[i].numbers) return &measures[i];
    }
    return NULL;
}

int main(int argc, char **argv) {
    const measure *m = argc > 1 ? find(argv[1], argc - 2) : NULL;
    if (!m) return fputs("usage: tasks switch TASKS TURNS ROUNDS [STACK] | frames COUNT ROUNDS | spawn COUNT ROUNDS | sleepers COUNT [STACK]\n", stderr), 2;
    count = atoi(argv[2]);
    if (m->has_turns) turns = atoi(argv[3]);
    int rounds = m->numbers > 1 ? atoi(argv[1 + m->numbers]) : 1;
    if (argc > 2 + m->numbers) options.stack_size = (size_t)atoi(argv[2 + m->numbers]);
    tasks = malloc(sizeof(bide_task *) * (size_t)count);
    int code = tasks ? 0 : 1;
    while (code == 0 && rounds-- > 0) code = bide_main(m->fn, NULL);
    free(tasks);
    return code;
}
