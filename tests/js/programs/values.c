/* values.c -- C that asks and calls values of JavaScript. */
#include <bide.h>
#include <bide/js.h>
#include <string.h>

/* Does to `value` what `how` says, with `args`, and gives what comes of it. */
BIDE_FUNCTION(ask, "(how: string, value?: any, key?: string, ...args: any[]): Promise<any>") {
    const bide_value value = args[1], *list = args[3].items;
    const char *how = args[0].bytes, *key = args[2].bytes;
    const size_t n = args[3].count;
    bide_value out = bide_i64(7);
    int rc = BIDE_EVALUE;
    if (strcmp(how, "global") == 0) rc = bide_js_global(key, &out);
    if (strcmp(how, "import") == 0) rc = bide_js_import(key, &out);
    if (strcmp(how, "get") == 0) rc = bide_js_get(value, key, &out);
    if (strcmp(how, "index") == 0) rc = bide_js_get_index(value, 1, &out);
    if (strcmp(how, "set") == 0) rc = bide_js_set(value, key, bide_value_copy(list[0]));
    if (strcmp(how, "set index") == 0) rc = bide_js_set_index(value, 1, bide_value_copy(list[0]));
    if (strcmp(how, "set error") == 0) rc = bide_js_set(value, key, bide_error(BIDE_EKEY, "k"));
    if (strcmp(how, "call") == 0) rc = bide_js_call(value, list, n, &out);
    if (strcmp(how, "method") == 0) rc = bide_js_call_method(value, key, list, n, &out);
    if (strcmp(how, "new") == 0) rc = bide_js_new(value, list, n, &out);
    if (strcmp(how, "await") == 0) rc = bide_js_await(value, &out);
    if (strcmp(how, "object") == 0) rc = bide_js_object(&out);
    if (strcmp(how, "array") == 0) rc = bide_js_array(&out);
    if (strcmp(how, "text") == 0) rc = bide_js_text(value, &out);
    if (strcmp(how, "is") == 0) rc = 0, out = bide_bool(bide_js_is(value, key));
    if (rc != 0 && out.kind != BIDE_NONE && strncmp(how, "set", 3) != 0) return bide_raise(BIDE_ESTATE, "out was not written");
    BIDE_TRY(rc);
    return bide_return_value(out);
}

/* What C makes of the error that a function throws. */
BIDE_FUNCTION(caught, "(fn: any): string") {
    const int rc = bide_js_call(args[0], NULL, 0, NULL);
    return bide_return_text("%s %s", bide_error_name(rc), bide_message_of(rc));
}

BIDE_FUNCTION(joins, "(fn: any, texts: string[]): string") {
    BIDE_AUTO_VALUE bide_value out = { 0 };
    BIDE_TRY(bide_js_call(args[0], args[1].items, args[1].count, &out));
    return bide_return_value(bide_value_copy(out));
}
