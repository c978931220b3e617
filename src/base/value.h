/* value.h -- counted contents, which values share. */
#ifndef BIDE_VALUE_H
#define BIDE_VALUE_H

#include "memory.h"

#include <stdarg.h>

/* What the counted kinds refer to; the contents follow, of which JS has none. */
typedef struct bide__blob {
    uint32_t refs;        /* BIDE__STATIC: never freed */
    uint32_t js;          /* the host's number of a JavaScript value or error, 0: none */
    size_t size;          /* of the contents, for bide__free */
    struct bide__blob *members;   /* of an error group: the contents of a list; NULL: none. Counted. A list's own is for walks */
} __attribute__((aligned(8))) bide__blob;

#define BIDE__STATIC UINT32_MAX

bide__blob *bide__blob_new(size_t size);                 /* NULL without memory */
static inline char *bide__blob_data(bide__blob *b) { return (char *)(b + 1); }
static inline bide__blob *bide__blob_of(const void *data) { return (bide__blob *)data - 1; }
bide__blob *bide__blob_retain(bide__blob *b);
void bide__blob_release(bide__blob *b);
/* Release the contents of a list, and with the last reference every item, however deep lists stand in lists. */
void bide__items_release(bide__blob *b);

/* Text by a printf format, its length in *size; NULL: no memory, or a bad format (*size < 0). (format.c) */
bide__blob *bide__format(const char *format, va_list args, int *size);

/* A message that needs no memory: BIDE__TEXT(too_late, "the future is done"). */
#define BIDE__TEXT(name, literal) \
    static struct { bide__blob head; char text[sizeof(literal)]; } name = { { BIDE__STATIC, 0, 0, NULL }, literal }

extern struct bide__no_text { bide__blob head; char text[8]; } bide__no_text;

bide_value bide__blob_value(bide_kind kind, bide__blob *b, size_t size);   /* takes the reference; without memory (NULL) an ERROR */
bide_value bide__error_value(int code, bide__blob *message);   /* keeps a reference to message; NULL: none */
void bide__value_out(bide_value *out, bide_value v);           /* hand over; cleared if out is NULL */

/* Inline, since a bide_value that is passed costs a frame on the C stack. */
static inline void bide__out_none(bide_value *out) {
    if (out) out->kind = BIDE_NONE, out->size = 0, out->i64 = 0;
}
static inline bool bide__is_counted(const bide_value *v) { return v->kind >= BIDE_BYTES && v->kind != BIDE_BOOL; }
static inline void bide__clear(bide_value *v) {
    if (bide__is_counted(v)) bide_value_clear(v);
    else v->kind = BIDE_NONE;
}
static inline void bide__share(bide_value *to, const bide_value *from) {
    *to = *from;
    if (bide__is_counted(from)) bide__blob_retain(bide__blob_of(from->ptr));
}
static inline void bide__set_error(bide_value *v, int code, bide__blob *message) {
    v->kind = BIDE_ERROR, v->code = code;
    v->message = bide__blob_data(message ? bide__blob_retain(message) : &bide__no_text.head);
}

#endif
