/* promises.c -- C that waits for JavaScript. */
#include <bide.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

BIDE_IMPORT_PROMISE("get") bide_promise get(int number);

static char text[256];

/* What `get(number)` came to, in words. */
BIDE_EXPORT const char *describe(int number) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    int rc = bide_await_promise(get(number), &v);
    if (rc != 0) snprintf(text, sizeof text, "%s: %s", bide_error_name(rc), bide_last_message());
    else if (v.kind == BIDE_F64) snprintf(text, sizeof text, "number %.17g", v.f64);
    else if (v.kind == BIDE_I64) snprintf(text, sizeof text, "integer %lld", (long long)v.i64);
    else if (v.kind == BIDE_BOOL) snprintf(text, sizeof text, v.i64 ? "true" : "false");
    else if (v.kind == BIDE_JS) snprintf(text, sizeof text, "a value of JavaScript");
    else if (v.kind == BIDE_TEXT) snprintf(text, sizeof text, "text %zu %s %d", v.size, v.bytes, v.bytes[v.size]);
    else if (v.kind == BIDE_BYTES) snprintf(text, sizeof text, "bytes %zu %s %d", v.size, v.bytes, v.bytes[v.size]);
    else snprintf(text, sizeof text, "nothing");
    return text;
}

static int awaits_get(void *number) { return bide_await_promise(get(*(int *)number), NULL); }
BIDE_EXPORT int wait_through_task(int number) { return bide_wait_for_call(awaits_get, &number, 3600, NULL); }

/* Other things happen between the call of the import and the wait. */
BIDE_EXPORT const char *describe_later(int number) {
    BIDE_AUTO_VALUE bide_value v = { 0 };
    bide_promise p = get(number);
    bide_ignore(bide_sleep(1));
    if (bide_await_promise(p, &v) == 0) snprintf(text, sizeof text, "bytes %zu %s %d", v.size, v.bytes, v.bytes[v.size]);
    return text;
}

BIDE_EXPORT int pass_on(int number) {
    bide_value v;
    BIDE_TRY(bide_await_promise(get(number), &v));
    bide_value_clear(&v);
    return 1;
}

BIDE_EXPORT int handle(int number) { return bide_await_promise(number, NULL); }

BIDE_EXPORT int await_twice(int number) {
    bide_promise p = get(number);
    BIDE_TRY(bide_await_promise(p, NULL));
    return bide_await_promise(p, NULL);
}

BIDE_EXPORT int forget(int number) {
    (void)get(number);
    return 0;
}

static int ask_and_sleep(void *number) {
    bide_promise p = get(*(int *)number);
    BIDE_TRY(bide_sleep(1));
    return bide_await_promise(p, NULL);
}
BIDE_EXPORT int cancelled_before(int number) {
    BIDE_AUTO bide_task *t = bide_create_task(ask_and_sleep, &number);
    BIDE_TRY(bide_sleep(0));
    bide_task_cancel(t);
    return bide_await(t, NULL) == BIDE_ECANCELED ? 0 : 1;
}
BIDE_EXPORT int ask_three(int number) {
    bide_promise first = get(number), second = get(number);
    (void)get(number);
    BIDE_TRY(bide_await_promise(second, NULL));
    bide_promise_drop(first);
    bide_promise_drop(first);
    bide_promise_drop(12345);
    BIDE_TRY(bide_sleep(3600));
    return 0;
}
static int await_number(void *number) { return bide_await_promise(*(int *)number, NULL); }
BIDE_EXPORT int awaited_by_two(int number) {
    bide_promise p = get(number);
    BIDE_AUTO bide_task *t = bide_create_task(await_number, &p);
    BIDE_TRY(bide_sleep(0));
    if (bide_await_promise(p, NULL) != BIDE_EVALUE) return 1;
    bide_promise_drop(p);
    return bide_await(t, NULL);
}

static int waiter(void *number) { return bide_await_promise(get(*(int *)number), NULL); }

BIDE_EXPORT int with_timeout(int number, double seconds) { return bide_wait_for_call(waiter, &number, seconds, NULL); }

BIDE_EXPORT double sum(int n) {
    double total = 0;
    for (int i = 0; i < n; i++) {
        bide_value v;
        BIDE_TRY(bide_await_promise(get(i), &v));
        total += v.f64;
    }
    return total;
}

static bool memory_is_out;

/* The program's own allocator, in place of the library's. */
void *bide__alloc(size_t size) { return memory_is_out ? NULL : malloc(size); }
void *bide__resize(void *p, size_t old_size, size_t size) { return (void)old_size, memory_is_out ? NULL : realloc(p, size); }
void bide__free(void *p, size_t size) { (void)size, free(p); }

/* 0 if each way to wait answers BIDE_ENOMEM, and the task goes on. */
BIDE_EXPORT int without_memory(void) {
    bide_promise settled = get(0), pending = get(1);
    BIDE_AUTO_VALUE bide_value v = { 0 };
    memory_is_out = true;
    int first = bide_await_promise(settled, &v), second = bide_await_promise(pending, NULL);
    memory_is_out = false;
    if (first != BIDE_ENOMEM || second != BIDE_ENOMEM) return 1;
    return bide_await_promise(pending, NULL) == BIDE_EVALUE ? 0 : 2;
}

BIDE_EXPORT void memory_out(int out) { memory_is_out = out; }

int main(void) { return bide_main(waiter, &(int){ 1 }); }
