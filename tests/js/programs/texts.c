/* texts.c -- functions that are given texts and bytes. It has no malloc; texts_malloc.c is the same with it. */
#include <bide.h>
#include <string.h>

BIDE_IMPORT("callback") int callback(const char *text);

BIDE_EXPORT int length(const char *text) { return (int)strlen(text); }

/* Both live until the call has ended. */
BIDE_EXPORT int same_after(const char *one, const char *other, double seconds) {
    BIDE_TRY(bide_sleep(seconds));
    return strcmp(one, other) == 0;
}

BIDE_EXPORT int sum(const uint8_t *bytes, int size) {
    int all = 0;
    for (int i = 0; i < size; i++) all += bytes[i];
    return all;
}

/* The cleanup of a cancelled call still reads its text. */
static int last_length;
BIDE_EXPORT int hold(const char *text) {
    bide_ignore(callback(text));
    int rc = bide_sleep(INFINITY);
    bide_ignore(bide_sleep(1));
    last_length = (int)strlen(text);
    return rc;
}
BIDE_EXPORT int last(void) { return last_length; }

BIDE_EXPORT int mixed(double a, const char *text, int64_t b, float c, int d, int e) { return (int)(a + (double)b + c + d + e) + (int)strlen(text); }
BIDE_EXPORT int fail(const char *text) { return bide_raise(BIDE_EVALUE, "no %s", text); }
BIDE_EXPORT int crash(const char *text) { __builtin_trap(); return (int)strlen(text); }
BIDE_EXPORT const char *itself(const char *text) { return text; }
BIDE_EXPORT int tell(const char *text) { return callback(text); }
BIDE_EXPORT int zero(const char *text) { return *text == '\0'; }
