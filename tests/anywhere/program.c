/* program.c -- what every tool has to make something of: calls that wait, a text, an abort, main. */
#include <bide.h>
#include <stdio.h>
#include <string.h>

BIDE_EXPORT int add(int a, int b) {
    BIDE_TRY(bide_sleep(0.01));
    return a + b;
}

BIDE_EXPORT int length(const char *text) {
    BIDE_TRY(bide_sleep(0));
    return (int)strlen(text);
}

BIDE_EXPORT int wait_forever(void) { return bide_sleep(INFINITY); }

static int hello(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(0.01));
    puts("Hello!");
    return 0;
}

int main(void) { return bide_main(hello, NULL); }
