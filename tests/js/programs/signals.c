/* What cli_signals.test.js sends signals to, or reads only the beginning of. The argument says what it does. */
#include <bide.h>
#include <stdio.h>
#include <string.h>

static void ready(void) {
    puts("ready");
    fflush(stdout);
}

static int computes(void *arg) {
    (void)arg;
    ready();
    for (volatile unsigned i = 0;; i++) {}
    return 0;
}

static int cleans_up(void *arg) {
    (void)arg;
    ready();
    const int rc = bide_sleep(3600);
    puts("cleaned up");
    return rc;
}

static int writes(void *arg) {
    FILE *const out = arg;
    for (;;) {
        fputs("y\n", out);
        fflush(out);
        BIDE_TRY(bide_sleep(0));
    }
}

/* Without a task: Ctrl-C finds nothing that it could cancel. */
static int computes_alone(void) {
    ready();
    for (volatile unsigned i = 0;; i++) {}
    return 0;
}

int main(int argc, char **argv) {
    const char *const what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "computes") == 0) return bide_main(computes, NULL);
    if (strcmp(what, "computes_alone") == 0) return computes_alone();
    if (strcmp(what, "cleans_up") == 0) return bide_main(cleans_up, NULL);
    if (strcmp(what, "writes") == 0) return bide_main(writes, stdout);
    if (strcmp(what, "writes_errors") == 0) return bide_main(writes, stderr);
    return 125;
}
