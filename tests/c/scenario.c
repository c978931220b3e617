/* scenario.c -- runs random asyncio programs and prints what happens in them, for comparison with asyncio.
 *
 *     scenario FILE..
 *
 * The trace goes to stdout. Of several files, each trace follows a line `# FILE`.
 * All files are read before the first one runs. The clock is virtual: a tick of a
 * scenario is a second of the loop's time.
 *
 * Exit code 0, also after a deadlock, which is an event of the trace; 2 if the
 * arguments or a file are wrong (FILE:LINE and what it is, on stderr); 1 without memory. */
#include "scenario/engine.h"
#include "scenario/parse.h"

enum { CHUNK = 65536 };

/* All of a file, with a 0 behind it; NULL with errno: it cannot be read. */
static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *text = NULL;
    size_t got = 1;
    for (*size = 0; got > 0; *size += got) {
        text = need(realloc(text, *size + CHUNK + 1));
        got = fread(text + *size, 1, CHUNK, file);
    }
    text[*size] = '\0';
    const int error = ferror(file) ? errno : 0;
    fclose(file);
    if (error) free(text), text = NULL, errno = error;
    return text;
}

/* Read a scenario; false: what is wrong with it is on stderr. */
static bool read_program(struct program *p, const char *path) {
    size_t size;
    int line;
    char mistake[MISTAKE_SIZE], *text = read_file(path, &size);
    if (!text) return fprintf(stderr, "scenario: %s: %s\n", path, strerror(errno)), false;
    const char *wrong = program_parse(p, text, size, &line, mistake);
    free(text);
    if (wrong) fprintf(stderr, "%s:%d: %s\n", path, line, wrong);
    return !wrong;
}

static bool clock_is_virtual(void) {
    bide_loop *loop = bide_new_event_loop();
    const bool is_virtual = loop && bide_loop_time(loop) == 0;
    bide_loop_release(loop);
    if (!is_virtual) fputs("scenario: the clock is not virtual; use `bide run --virtual-time`, or BIDE_VIRTUAL_TIME=1 in the environment\n", stderr);
    return is_virtual;
}

static int run_all(const struct program *programs, char **paths, int n) {
    for (int i = 0; i < n; i++) {
        if (n > 1) printf("# %s\n", paths[i]);
        const int rc = run_program(&programs[i], stdout, NULL);
        if (rc == 0) continue;
        fprintf(stderr, "scenario: %s: %s\n", paths[i], bide_error_name(rc));
        return 1;
    }
    return 0;
}

int main(int argc, char **argv) {
    char **paths = argv + 1;
    const int n = argc - 1;
    if (n < 1) return fputs("usage: scenario FILE..\n", stderr), 2;
    setenv("BIDE_VIRTUAL_TIME", "1", true);        /* native programs and WASI's read it when they make a loop */
    struct program *programs = need(calloc((size_t)n, sizeof *programs));
    int rc = 0, count = 0;
    while (rc == 0 && count < n) rc = read_program(&programs[count], paths[count]) ? count++, 0 : 2;
    if (rc == 0) rc = clock_is_virtual() ? run_all(programs, paths, n) : 2;
    while (count > 0) program_free(&programs[--count]);
    free(programs);
    return rc;
}
