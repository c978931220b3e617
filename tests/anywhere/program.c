/* program.c -- what every tool has to make something of: calls that wait, a text, an abort, files, main. */
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

/* Returns how many bytes there were. */
BIDE_EXPORT int copy(const char *from, const char *to) {
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    if (!in || !out) return -1;
    int n = 0;
    for (int c; (c = getc(in)) != EOF; n++) putc(c, out);
    fclose(in);
    return fclose(out) == 0 ? n : -1;
}

static int hello(void *arg) {
    (void)arg;
    BIDE_TRY(bide_sleep(0.01));
    puts("Hello!");
    return 0;
}

int main(void) { return bide_main(hello, NULL); }
