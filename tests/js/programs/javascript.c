/* javascript.c -- functions of C whose body is JavaScript. */
#include <bide.h>
#include <bide/js.h>
#include <stdio.h>
#include <stdlib.h>

BIDE_JAVASCRIPT(kinds, "(...values: any[]): string", "return values.map((v) => v === null ? 'null' : v instanceof Uint8Array ? `bytes ${v}` : Array.isArray(v) ? `[${v}]` : `${typeof v} ${String(v)}`).join(', ');");
BIDE_JAVASCRIPT(typed, "(a: number, b: bigint, c: boolean, d: string, e: Uint8Array, f: number[], g: Date | null, h?: string | null, ...rest: string[]): string",
    "return [a, b, c, d, e, f, g, h, ...rest].map((v) => `${typeof v} ${v}`).join(', ');");
BIDE_JAVASCRIPT(as_number, "(n: number): number", "return n;");
BIDE_JAVASCRIPT(as_any, "(n: any): any", "return n;");
BIDE_JAVASCRIPT(wrong, "(): string", "return 1;");
BIDE_JAVASCRIPT(wrong_later, "(): Promise<string[]>", "return ['a', 1];");
BIDE_JAVASCRIPT(nothing, "(): void", "return 1;");
BIDE_JAVASCRIPT(texts, "(): Promise<string[]>", "return ['a', 'ü'];");
BIDE_JAVASCRIPT(count, "(n: number): Generator<number>", "while (n-- > 0) yield n;");
BIDE_JAVASCRIPT(give, "(error: any): void", "throw error;");
BIDE_JAVASCRIPT(give_later, "(error: any): Promise<void>", "throw error;");
BIDE_JAVASCRIPT(never, "(): Promise<void>", "await new Promise(() => {});");
BIDE_JAVASCRIPT(soon, "(value: any): Promise<any>", "return value;");
BIDE_JAVASCRIPT(call, "(fn: any): any", "return fn();");

BIDE_FUNCTION(all_kinds, "(js: any): string") {
    bide_value items[] = { bide_f64(1.5), bide_i64(7), bide_i64(INT64_MAX), bide_bool(true), bide_text("%s", "t"), bide_bytes("\1\2", 2),
        bide_list((bide_value[]){ bide_i64(1), bide_i64(2) }, 2), { .kind = BIDE_NONE }, bide_value_copy(args[0]) };
    bide_value list = bide_list(items, sizeof items / sizeof *items), out;
    const int rc = kinds(&list, 1, &out);
    bide_value_clear(&list);
    return rc ? rc : bide_return_value(out);
}

BIDE_FUNCTION(all_typed, "(all: boolean): string") {
    bide_value list = bide_list((bide_value[]){ bide_f64(1), { .kind = BIDE_NONE } }, 1), rest = bide_list((bide_value[]){ bide_text("r"), bide_text("s") }, 2), out;
    bide_value values[] = { bide_i64(1), bide_i64(2), bide_bool(false), bide_text("d"), bide_bytes("\3", 1), list, { .kind = BIDE_NONE }, { .kind = BIDE_NONE }, rest };
    const int rc = typed(values, args[0].i64 ? 9 : 7, &out);
    for (size_t i = 0; i < 9; i++) bide_value_clear(&values[i]);
    return rc ? rc : bide_return_value(out);
}

/* What a function makes of a number, and of what it can't be given. */
BIDE_FUNCTION(number, "(n: bigint): any") {
    bide_value out;
    BIDE_TRY(as_number(args, 1, &out));
    return bide_return_value(out);
}
BIDE_FUNCTION(any, "(n: any): any") {
    bide_value out;
    BIDE_TRY(as_any(args, 1, &out));
    return bide_return_value(out);
}
BIDE_FUNCTION(fails, "(which: number, value: any): Promise<void>") {
    switch ((int)args[0].f64) {
        case 0: return wrong(NULL, 0, NULL);
        case 1: return wrong_later(NULL, 0, NULL);
        case 2: return as_number(args, 2, NULL);
        case 3: return as_number(NULL, 0, NULL);
        case 4: return as_number(args + 1, 1, NULL);
        case 5: return give(args + 1, 1, NULL);
        case 6: return give_later(args + 1, 1, NULL);
        case 7: return never(NULL, 0, NULL);
    }
    return 0;
}
BIDE_FUNCTION(fails_now, "(value: any): void") { return give(args, 1, NULL); }
BIDE_FUNCTION(cannot_wait, "(): void") { return never(NULL, 0, NULL); }
BIDE_FUNCTION(nothing_at_all, "(): any") {
    bide_value out = bide_i64(1);
    BIDE_TRY(nothing(NULL, 0, &out));
    return bide_return_i64(out.kind);
}
BIDE_FUNCTION(all_texts, "(): Promise<string[]>") {
    bide_value out;
    BIDE_TRY(texts(NULL, 0, &out));
    return bide_return_value(out);
}
BIDE_FUNCTION(numbers, "(n: number): any") {
    bide_value out;
    BIDE_TRY(count(args, 1, &out));
    return bide_return_value(out);
}
BIDE_FUNCTION(pass, "(value: any): Promise<any>") {
    bide_value out;
    BIDE_TRY(soon(args, 1, &out));
    return bide_return_value(out);
}
BIDE_FUNCTION(call_back, "(fn: any): any") {
    bide_value out;
    BIDE_TRY(call(args, 1, &out));
    return bide_return_value(out);
}
BIDE_FUNCTION(leave, "(): void") { exit(3); }
BIDE_FUNCTION(fill, "(): void") {
    for (size_t size = 1 << 26; size >= 8; size /= 2)
        for (volatile char *p; (p = malloc(size)) != NULL;) *p = 1;
    return 0;
}
