/* stacks.c -- synchronous functions that need more stack than the task has from which JavaScript calls them. */
#include <bide.h>
#include <bide/js.h>
#include <math.h>

static __attribute__((noinline)) int touch(volatile char *p, int n) {
    int sum = 0;
    for (int i = 0; i < n; i += 64) p[i] = 1, sum += p[i];
    return sum;
}

BIDE_FUNCTION(deep, "(kilobytes: number): number") {
    const int n = (int)args[0].f64 * 1024;
    return bide_return_f64(touch(__builtin_alloca((size_t)n), n));
}

BIDE_FUNCTION_WITH(in_task, "(f: () => any): Promise<any>", .stack_size = 4096) {
    bide_value v;
    BIDE_TRY(bide_js_call(args[0], NULL, 0, &v));
    BIDE_TRY(bide_sleep(0));
    return bide_return_value(v);
}

BIDE_FUNCTION(in_generator, "(f: () => any): Generator<any>") {
    bide_value v;
    BIDE_TRY(bide_js_call(args[0], NULL, 0, &v));
    return bide_yield(v, NULL);
}

BIDE_FUNCTION(now, "(f: (n: number) => any, n: number): any") {
    bide_value v;
    BIDE_TRY(bide_js_call(args[0], &args[1], 1, &v));
    return bide_return_value(v);
}

static int waits(void *arg) {
    (void)arg;
    return bide_sleep(INFINITY);
}

int main(void) { return bide_main(waits, NULL); }
