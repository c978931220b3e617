/* app.c -- a program whose types app.ts uses. */
#include <bide.h>

BIDE_IMPORT("half") int half(int n);
BIDE_IMPORT("note") void note(const char *text, long long size);
BIDE_IMPORT_PROMISE("work") bide_promise work(double x);

BIDE_EXPORT int add(int a, double b) {
    note("add", 3);
    return half(a) + (int)b;
}

BIDE_EXPORT long long big(long long n) { return n; }

BIDE_EXPORT void nothing(void) { bide_ignore(bide_await_promise(work(2), NULL)); }

int main(void) { return 0; }
