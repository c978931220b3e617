/* iterators.c -- loops over what is iterable in JavaScript. */
#include <bide.h>
#include <bide/js.h>
#include <stdlib.h>
#include <string.h>

static bool is_last(bide_value item, bide_value last) {
    return last.kind == item.kind && last.kind == BIDE_F64 && last.f64 == item.f64;
}

/* The items as an array, until one is `last`. */
static int collect(bide_value iterable, bide_value last) {
    BIDE_AUTO_GENERATOR bide_generator *items = NULL;
    bide_value array;
    size_t n = 0;
    BIDE_TRY(bide_js_iterate(iterable, &items));
    BIDE_TRY(bide_js_array(&array));
    BIDE_TRY(bide_return_value(array));
    BIDE_FOR_EACH(item, items) {
        BIDE_TRY(bide_js_set_index(array, n++, bide_value_copy(item)));
        if (is_last(item, last)) break;
    }
    return 0;
}

BIDE_FUNCTION(all, "(iterable: any, last?: number): Promise<any>") { return collect(args[0], args[1]); }
BIDE_FUNCTION(all_now, "(iterable: any, last?: number): any") { return collect(args[0], args[1]); }

/* Never asked, or asked once, and dropped. */
BIDE_FUNCTION(drop, "(iterable: any, times: number): Promise<void>") {
    BIDE_AUTO_GENERATOR bide_generator *items = NULL;
    BIDE_TRY(bide_js_iterate(args[0], &items));
    for (int i = 0; i < (int)args[1].f64; i++) BIDE_TRY(bide_generator_next(items, NULL));
    return 0;
}

/* Asked once, and closed or thrown into. */
BIDE_FUNCTION(ends, "(iterable: any, how: string): Promise<string>") {
    BIDE_AUTO_GENERATOR bide_generator *items = NULL;
    BIDE_TRY(bide_js_iterate(args[0], &items));
    BIDE_TRY(bide_generator_next(items, NULL));
    if (strcmp(args[1].bytes, "close") == 0) BIDE_TRY(bide_generator_close(items));
    else BIDE_TRY(bide_generator_throw(items, BIDE_EKEY, "thrown", NULL));
    return bide_return_text("%s", bide_error_name(bide_generator_next(items, NULL)));
}

BIDE_FUNCTION(sends, "(iterable: any, value: any): Promise<any>") {
    BIDE_AUTO_GENERATOR bide_generator *items = NULL;
    bide_value v;
    BIDE_TRY(bide_js_iterate(args[0], &items));
    BIDE_TRY(bide_generator_next(items, NULL));
    BIDE_TRY(bide_generator_send(items, bide_value_copy(args[1]), &v));
    return bide_return_value(v);
}

BIDE_FUNCTION(nowhere, "(iterable: any): void") { return bide_js_iterate(args[0], NULL); }

/* Takes all memory that there is. */
BIDE_FUNCTION(fill, "(): void") {
    for (size_t size = 1 << 24; size >= 16; size /= 2)
        for (volatile char *p; (p = malloc(size)) != NULL;) *p = 1;
    return 0;
}
