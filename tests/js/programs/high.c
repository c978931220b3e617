/* high.c -- a program whose stack, data and heap lie above 2 GiB: high.test.js links it so. */
#include <bide.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

BIDE_IMPORT_PROMISE("get") bide_promise get(const char *text, size_t size);
BIDE_IMPORT("note") void note(const char *text, size_t size);

/* 1: the stack, the data and the heap are above 2 GiB. */
BIDE_EXPORT int is_high(void) {
    static char data[16];
    char stack[16], *heap = malloc(16);
    const uintptr_t limit = 0x80000000u;
    const int high = (uintptr_t)stack > limit && (uintptr_t)data > limit && (uintptr_t)heap > limit;
    free(heap);
    return high;
}

BIDE_EXPORT const char *greeting(void) { return strdup("high up"); }
BIDE_EXPORT int length(const char *text) { return (int)strlen(text); }

/* A text of 3,000,000,000 bytes can't be, but its size can be named. */
BIDE_EXPORT void tell(void) { note("from the data", 3000000000u); }

/* What get() gave. */
BIDE_EXPORT int receive(int which) {
    const char *const names[] = { "number", "bigint", "text", "object" }, *name = names[which];
    BIDE_AUTO_VALUE bide_value v = { 0 };
    const int rc = bide_await_promise(get(name, strlen(name)), &v);
    if (rc != 0) return printf("%s: %s\n", bide_error_name(rc), bide_last_message()), 0;
    if (v.kind == BIDE_F64) printf("%g\n", v.f64);
    if (v.kind == BIDE_I64) printf("%lld\n", (long long)v.i64);
    if (v.kind == BIDE_TEXT) printf("%s\n", v.bytes);
    if (v.kind == BIDE_BYTES) printf("%.*s\n", (int)v.size, v.bytes);
    return 0;
}

BIDE_EXPORT int raise_it(void) { return bide_raise(BIDE_EVALUE, "raised %s", "high"); }
BIDE_EXPORT int trap_it(void) { __builtin_trap(); }

static int worker(void *arg) {
    char line[32];
    size_t got;
    BIDE_TRY(bide_sleep(0.01));
    BIDE_TRY(bide_read(0, line, 4, &got));
    printf("worker %s read %.*s\n", (char *)arg, (int)got, line);
    return 0;
}

static int async_main(void *arg) {
    (void)arg;
    BIDE_AUTO bide_task *task = bide_create_task(worker, "one");
    BIDE_TRY(bide_await(task, NULL));
    return 0;
}

static int file(const char *path) {
    char line[32] = "";
    FILE *f = fopen(path, "w+");
    if (!f) return perror("open"), 1;
    fputs("in the file", f);
    rewind(f);
    puts(fgets(line, sizeof line, f));
    return fclose(f);
}

int main(int argc, char **argv) {
    char line[32];
    unsigned char bytes[32] = { 0 };
    struct timespec now;
    if (argc > 2) return file(argv[2]);
    printf("%s %s\n", argv[1], getenv("HOME"));
    if (getentropy(bytes, sizeof bytes) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0 || now.tv_sec < 1700000000) return 2;
    if (usleep(1000) != 0) return 3;
    const ssize_t got = read(0, line, 6);
    printf("%.*s", (int)got, line);
    return bide_main(async_main, NULL);
}
