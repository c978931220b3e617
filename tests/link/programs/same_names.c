/* same_names.c -- static functions that suspend, with names that the library gives to functions that don't. */
#include <bide.h>
#include <stdio.h>

#define FUNCTION __attribute__((noinline)) static int

FUNCTION task_destroy(int n) {
    BIDE_TRY(bide_sleep(0.01));
    return n + 1;
}

FUNCTION coro_init(int n) {
    BIDE_TRY(bide_sleep(0.01));
    return task_destroy(n) + 1;
}

FUNCTION __wrap_vfprintf(int n) {
    BIDE_TRY(bide_sleep(0.01));
    return coro_init(n) + 1;
}

static int sum(void *arg) {
    (void)arg;
    printf("%d\n", __wrap_vfprintf(4));
    return 0;
}

int main(void) { return bide_main(sum, NULL); }
