/* streams.c -- a stream of the program's own, in a program with tasks. */
#define _GNU_SOURCE
#include <bide.h>
#include <stdio.h>

static ssize_t put(void *cookie, const char *from, size_t size) {
    (void)cookie;
    if (bide_sleep(0.01) != 0) return -1;
    return (ssize_t)fwrite(from, 1, size, stdout);
}

static int writing(void *arg) {
    (void)arg;
    FILE *f = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = put });
    fputs("kept\n", f);
    return fclose(f) == 0 ? 0 : bide_raise(BIDE_EOS, "not closed");
}

int main(void) { return bide_main(writing, NULL); }
