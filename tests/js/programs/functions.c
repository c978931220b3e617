/* functions.c -- functions that JavaScript calls with values. */
#include <bide.h>
#include <bide/js.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Greets `name`, after a while. */
BIDE_FUNCTION(greet, "(name: string, times?: number): Promise<string>") {
    BIDE_TRY(bide_sleep(0.1));
    return bide_return_text("hello %s, %g times", args[0].bytes, args[1].kind == BIDE_NONE ? 1 : args[1].f64);
}

BIDE_FUNCTION(area, "(w: number, h: number): number") { return bide_return_f64(args[0].f64 * args[1].f64); }
BIDE_FUNCTION(remove, "(): void") { return 0; }
BIDE_FUNCTION(unused, "(a: any, b?: any): Promise<void>") { return 0; }

/* Each gives back what it was given. */
BIDE_FUNCTION(same_later, "(value?: any): Promise<any>") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same, "(value?: any): any") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_number, "(value: number): number") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_bigint, "(value: bigint): bigint") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_boolean, "(value: boolean): boolean") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_string, "(value: string): string") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_bytes, "(value: Uint8Array): Uint8Array") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(pointer_number, "(): number") { return bide_return_ptr((void *)(uintptr_t)0xfffffff0u); }
BIDE_FUNCTION(as_numbers, "(value: any): number[]") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_texts, "(value: string[]): string[]") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_lists, "(value: number[][]): number[][]") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_or_null, "(value: string | null): string | null") { return bide_return_value(bide_value_copy(args[0])); }
BIDE_FUNCTION(same_or_undefined, "(value: string | undefined): string | null | undefined") { return bide_return_value(bide_value_copy(args[0])); }

/* The kind as C sees it. */
BIDE_FUNCTION(kind, "(value: any): number") { return bide_return_f64(args[0].kind); }
BIDE_FUNCTION(rest, "(first: string, ...rest: number[]): string") {
    double sum = 0;
    for (size_t i = 0; i < args[1].count; i++) sum += args[1].items[i].f64;
    return bide_return_text("%s %d %g", args[0].bytes, (int)args[1].count, sum);
}
/* Bytes before the NUL, if the size says the same. */
BIDE_FUNCTION(measured, "(text: string): number") { return bide_return_f64(strlen(args[0].bytes) == args[0].size ? (double)args[0].size : -1); }
BIDE_FUNCTION(integer, "(digits: string): number") { return bide_return_i64(strtoll(args[0].bytes, NULL, 10)); }
BIDE_FUNCTION(wrong, "(): string") { return bide_return_i64(3); }
BIDE_FUNCTION(wrong_later, "(): Promise<boolean>") { return bide_return_text("no"); }
BIDE_FUNCTION(pointer, "(): any") { return bide_return_ptr((void *)0x80000004); }

/* Of numbers alone, few and more. */
#define SUM(n) double sum = 0; for (int i = 0; i < n; i++) sum = 10 * sum + args[i].f64; return bide_return_f64(sum);
BIDE_FUNCTION(zero, "(): number") { SUM(0) }
BIDE_FUNCTION(four, "(a: number, b: number, c: number, d: number): number") { SUM(4) }
BIDE_FUNCTION(five, "(a: number, b: number, c: number, d: number, e: number): number") { SUM(5) }
BIDE_FUNCTION(zero_later, "(): Promise<number>") { SUM(0) }
BIDE_FUNCTION(four_later, "(a: number, b: number, c: number, d: number): Promise<number>") { SUM(4) }
BIDE_FUNCTION(five_later, "(a: number, b: number, c: number, d: number, e: number): Promise<number>") { SUM(5) }
/* A result, or what else it may come to. */
static int odd_number(int how) {
    switch (how) {
    case 0: return bide_return_f64(0.0 / 0.0);
    case 1: return bide_return_i64(7);
    case 2: return bide_return_i64(1LL << 60);
    case 3: return bide_return_text("seven");
    case 4: return bide_raise(BIDE_EKEY, "k");
    case 5: return 0;
    default: return bide_return_f64(-0.0);
    }
}
BIDE_FUNCTION(odd, "(how: number): number") { return odd_number((int)args[0].f64); }
BIDE_FUNCTION(odd_later, "(how: number): Promise<number>") { return odd_number((int)args[0].f64); }

/* The variable is the call's own. */
static bide_context_var variable = BIDE_CONTEXT_VAR("variable");
BIDE_FUNCTION(context, "(text: string): boolean") {
    bide_value before = { 0 };
    const bool is_set = bide_context_var_get(&variable, &before) == 0;
    bide_value_clear(&before);
    BIDE_TRY(bide_context_var_set(&variable, bide_value_copy(args[0]), NULL));
    return bide_return_bool(is_set);
}

BIDE_FUNCTION(fails, "(message: string): void") { return bide_raise(BIDE_EKEY, "%s", args[0].bytes); }
static int group(const char *message, bide_value cause) {
    BIDE_AUTO_VALUE bide_value thrown = { 0 }, inner = { 0 };
    bide_value members[2];
    bide_ignore(bide_js_call(cause, NULL, 0, NULL));
    thrown = bide_last_error_value();
    members[0] = bide_error(BIDE_EKEY, "%s", message), members[1] = thrown;
    bide_ignore(bide_raise_group("inner", members, 2));
    bide_value_clear(&members[0]);
    inner = bide_last_error_value();
    return bide_raise_group("outer", &inner, 1);
}
BIDE_FUNCTION(fails_as_group, "(message: string, cause: () => void): void") { return group(args[0].bytes, args[1]); }
BIDE_FUNCTION(fails_as_group_later, "(message: string, cause: () => void): Promise<void>") { return group(args[0].bytes, args[1]); }
BIDE_FUNCTION(fails_later, "(message: string): Promise<void>") {
    BIDE_TRY(bide_sleep(0));
    return bide_raise(BIDE_EKEY, "%s", args[0].bytes);
}
BIDE_FUNCTION(waits_in_vain, "(): void") { return bide_sleep(1); }
BIDE_FUNCTION(waits, "(seconds: number): Promise<void>") { return bide_sleep(args[0].f64); }

static int deep(int n) {
    volatile char room[64];
    room[0] = (char)n;
    return n == 0 ? 0 : deep(n - 1) + (room[0] == 127);
}
BIDE_FUNCTION_WITH(digs, "(depth: number): Promise<number>", .stack_size = 1 << 20) { return bide_return_f64(deep((int)args[0].f64)); }

BIDE_IMPORT_PROMISE("work") bide_promise work(void);
/* An error of JavaScript goes through. */
BIDE_FUNCTION(passes_on, "(): Promise<any>") {
    bide_value v;
    BIDE_TRY(bide_await_promise(work(), &v));
    return bide_return_value(v);
}

/* Takes all memory that there is. */
BIDE_FUNCTION(fill, "(): void") {
    for (size_t size = 1 << 26; size >= 8; size /= 2)
        for (volatile char *p; (p = malloc(size)) != NULL;) *p = 1;
    return 0;
}
BIDE_IMPORT("ask") void ask(void);
BIDE_FUNCTION(asks, "(n: number): number") {
    ask();
    return bide_return_f64(args[0].f64);
}
BIDE_FUNCTION(traps, "(): void") { __builtin_trap(); }
BIDE_EXPORT int exported(int n) { return n + 1; }

static int closed;
static void note_close(void *text) { (void)text, closed++; }
static int opens(void *text) { return (void)text, 0; }

/* What JavaScript sends, and how it ends, is told by an item. */
BIDE_FUNCTION(ticks, "(period: number, count: number): AsyncGenerator<number>") {
    BIDE_GUARD(opens, note_close, NULL);
    for (int i = 1; i <= (int)args[1].f64; i++) {
        BIDE_TRY(bide_sleep(args[0].f64));
        BIDE_TRY(bide_yield(bide_f64(i), NULL));
    }
    return 0;
}

#define ECHO \
    for (bide_value sent = { BIDE_NONE, { 0 }, { 0 } };;) { \
        bide_value item = sent.kind == BIDE_NONE ? bide_text("%s", args[0].bytes) : sent; \
        int rc = bide_yield(item, &sent); \
        if (rc == BIDE_EKEY) rc = bide_yield(bide_text("caught %s", bide_last_message()), &sent); \
        if (rc != 0) return rc; \
    }
BIDE_FUNCTION(echo, "(first: string): AsyncGenerator<any>") {
    BIDE_GUARD(opens, note_close, NULL);
    ECHO
}
BIDE_FUNCTION(echo_plain, "(first: string): Generator<any>") {
    BIDE_GUARD(opens, note_close, NULL);
    ECHO
}
BIDE_FUNCTION(count_plain, "(n: number): Generator<number>") {
    for (int i = 0; i < args[0].f64; i++) BIDE_TRY(bide_yield(bide_f64(i), NULL));
    return 0;
}
BIDE_FUNCTION(prints, "(bytes: number): AsyncGenerator<number>") {
    for (int i = 0;; i++) {
        for (int n = 0; n < args[0].f64; n++) putchar('x');
        fflush(stdout);
        BIDE_TRY(bide_yield(bide_f64(i), NULL));
    }
}
BIDE_FUNCTION(sleeps_plain, "(): Generator<number>") { return bide_sleep(1); }
BIDE_FUNCTION(wrong_items, "(): AsyncGenerator<string>") { return bide_yield(bide_f64(1), NULL); }
BIDE_FUNCTION(closes, "(): number") { return bide_return_f64(closed); }
