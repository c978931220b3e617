/* output.c -- prints in exported functions; stdout is buffered, for it is no terminal. */
#include <bide.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

BIDE_EXPORT int say(int lines) {
    for (int i = 0; i < lines; i++) printf("line %d\n", i);
    return lines;
}

BIDE_EXPORT int say_and_wait(int lines) {
    say(lines);
    return bide_sleep(INFINITY);
}

/* Prints `size` bytes in each turn. */
BIDE_EXPORT int flood(int turns, int size) {
    for (int i = 0; i < turns; i++) {
        for (int n = 0; n < size; n++) putchar('x');
        fflush(stdout);
        BIDE_TRY(bide_sleep(0));
    }
    return turns;
}

/* The first byte of a letter. What it answers, and errno after a second write, or 0. */
BIDE_EXPORT int half(void) { return (int)write(1, "\xc3", 1); }

BIDE_EXPORT int write_errno(void) {
    errno = 0;
    return write(1, "x", 1) == 1 ? 0 : errno;
}

BIDE_EXPORT int grow(void) { return malloc(1 << 22) != NULL; }

static int printing(void *arg) {
    (void)arg;
    for (int i = 0; i < 5; i++) {
        printf("line %d\n", i);
        BIDE_TRY(bide_sleep(0));
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 2) return bide_main(printing, NULL);
    return half() == 1 ? atoi(argv[1]) : 99;
}

BIDE_EXPORT int say_and_trap(int lines) {
    say(lines);
    __builtin_trap();
}
