/* main.c -- a main for each way to begin and end; the first argument chooses. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

BIDE_EXPORT int add(int x, int y) {
    BIDE_TRY(bide_sleep(1.0));
    return x + y;
}

static bide_event finished = BIDE_EVENT_INIT;
BIDE_EXPORT void finish(void) { bide_event_set(&finished); }
BIDE_EXPORT int linger(void) { return bide_sleep(INFINITY); }

/* What calls do with a cancellation. */
BIDE_EXPORT int cleans_up(void) {
    const int rc = bide_sleep(INFINITY);
    bide_ignore(bide_sleep(1.0));
    return rc;
}
BIDE_EXPORT int fails_instead(void) {
    bide_ignore(bide_sleep(INFINITY));
    return bide_raise(BIDE_EVALUE, "during the clean-up");
}
BIDE_EXPORT int swallows(void) {
    bide_ignore(bide_sleep(INFINITY));
    return 3;
}

static int sleeper(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(1.0));
    puts("slept");
    return bide_return_i64(42);
}

static int forever(void *arg) {
    (void)arg;
    return bide_sleep(INFINITY);
}

static int until_finished(void *arg) {
    (void)arg;
    BIDE_TRY(bide_event_wait(&finished));
    puts("finished");
    return 0;
}

static int trapping(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(1.0));
    __builtin_trap();
}

static int leaving(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(1.0));
    printf("no line feed");
    exit(7);
}

/* Lines from stdin while another task counts. */
static int reading(void *once) {
    char buffer[8];
    size_t got;
    do {
        BIDE_TRY(bide_read(0, buffer, sizeof buffer, &got));
        printf("%zu [%.*s]\n", got, (int)got, buffer);
    } while (got > 0 && !once);
    return 0;
}

static int lines_read;
static int on_input(void *loop) {
    char buffer[64];
    ssize_t got = read(0, buffer, sizeof buffer);
    printf("callback %zd\n", got);
    if (got > 0) return lines_read++, 0;
    bide_loop_remove_reader(loop, 0);
    bide_loop_stop(loop);
    return 0;
}

static int with_reader(void) {
    bide_loop *loop = bide_new_event_loop();
    if (bide_loop_add_reader(loop, 0, on_input, loop) != 0 || bide_loop_run_forever(loop) != 0) return 1;
    bide_loop_release(loop);
    return lines_read;
}

/* main's own frames must outlive the loops that run meanwhile. */
static int twice(void) {
    char mark[4096];
    bide_value v;
    memset(mark, 'x', sizeof mark);
    for (int i = 0; i < 2; i++)
        if (bide_run(sleeper, NULL, &v) != 0 || v.i64 != 42) return 1;
    for (size_t i = 0; i < sizeof mark; i++)
        if (mark[i] != 'x') return 2;
    return 0;
}

static int lines(void) {
    char line[64];
    while (fgets(line, sizeof line, stdin)) printf("line %s", line);
    return 0;
}

static int letters(void) {
    for (const char *p = "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80 \xff"; *p; p++) write(1, p, 1);
    return 0;
}

static int arguments(int argc, char **argv) {
    for (int i = 0; i < argc; i++) printf("%d: %s\n", i, argv[i]);
    printf("HOME=%s\n", getenv("HOME") ? getenv("HOME") : "none");
    fputs("to stderr\n", stderr);
    return 3;
}

static int file(const char *path) {
    char line[64] = "";
    FILE *f = fopen(path, "r");
    if (!f) return perror(path), 1;
    fputs(fgets(line, sizeof line, f) ? line : "empty\n", stdout);
    return fclose(f);
}

static int randoms(void) {
    unsigned char bytes[64] = { 0 };
    int sum = 0;
    if (getentropy(bytes, sizeof bytes) != 0) return 1;
    for (size_t i = 0; i < sizeof bytes; i++) sum += bytes[i];
    return sum == 0 || time(NULL) < 1700000000;
}

static int traps_at_once(void *arg) {
    (void)arg;
    __builtin_trap();
}

static int asking_generator(void *arg) {
    (void)arg;
    BIDE_AUTO_GENERATOR bide_generator *g = bide_generator_new(traps_at_once, NULL);
    return bide_generator_next(g, NULL);
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "run")) return bide_main(sleeper, NULL);
    if (!strcmp(what, "twice")) return twice();
    if (!strcmp(what, "forever")) return bide_main(forever, NULL);
    if (!strcmp(what, "serve")) return bide_main(until_finished, NULL);
    if (!strcmp(what, "trap")) return bide_main(trapping, NULL);
    if (!strcmp(what, "trap in a generator")) return bide_main(asking_generator, NULL);
    if (!strcmp(what, "leave")) return bide_main(leaving, NULL);
    if (!strcmp(what, "read")) return bide_main(reading, NULL);
    if (!strcmp(what, "read once")) return bide_main(reading, "");
    if (!strcmp(what, "reader")) return with_reader();
    if (!strcmp(what, "lines")) return lines();
    if (!strcmp(what, "letters")) return letters();
    if (!strcmp(what, "file")) return file(argv[2]);
    if (!strcmp(what, "random")) return randoms();
    return arguments(argc, argv);
}
