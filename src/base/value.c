/* value.c -- results and the counted contents they share.
 *
 * Contents stand behind a bide__blob. A value points at the contents directly,
 * so a reader needs no call. Counts are not atomic, since an instance has one
 * thread. */
#include "base/value.h"

#include "host.h"

#include <string.h>

struct bide__no_text bide__no_text = { { BIDE__STATIC, 0, 0, NULL }, "" };

bide__blob *bide__blob_new(size_t size) {
    if (size > SIZE_MAX - sizeof(bide__blob)) return NULL;
    bide__blob *b = bide__alloc(sizeof(bide__blob) + size);
    if (b) *b = (bide__blob){ .refs = 1, .size = size };
    return b;
}

bide__blob *bide__blob_retain(bide__blob *b) {
    if (b->refs != BIDE__STATIC) b->refs++;
    return b;
}

static void value_drop_js(const bide__blob *b) {
    if (BIDE__HAS(bide__debug)) bide__debug_freed(b);
    bide__host_drop_js(b->js);
}

void bide__blob_release(bide__blob *b) {
    if (b->refs == BIDE__STATIC || --b->refs > 0) return;
    if (b->js) value_drop_js(b);
    if (b->members) bide__items_release(b->members);
    bide__free(b, sizeof(bide__blob) + b->size);
}

bide_value bide__blob_value(bide_kind kind, bide__blob *b, size_t size) {
    if (!b) return bide__error_value(BIDE_ENOMEM, NULL);
    bide_value v = { .kind = kind };
    v.size = size, v.bytes = bide__blob_data(b);
    return v;
}

bide_value bide_bytes(const void *p, size_t size) {
    bide__blob *b = size < SIZE_MAX ? bide__blob_new(size + 1) : NULL;
    if (b && size > 0) memcpy(bide__blob_data(b), p, size);
    if (b) bide__blob_data(b)[size] = '\0';
    return bide__blob_value(BIDE_BYTES, b, size);
}

bide_value bide_list(const bide_value *items, size_t n) {
    bide__blob *b = n < SIZE_MAX / sizeof *items ? bide__blob_new(n * sizeof *items) : NULL;
    if (b && n > 0) memcpy(bide__blob_data(b), items, n * sizeof *items);
    for (size_t i = 0; !b && i < n; i++) {
        bide_value item = items[i];
        bide_value_clear(&item);
    }
    return bide__blob_value(BIDE_LIST, b, n);
}

bide_value bide__error_value(int code, bide__blob *message) {
    bide_value v;
    bide__set_error(&v, code, message);
    return v;
}

bide_value bide_value_copy(bide_value v) {
    bide_value copy;
    bide__share(&copy, &v);
    return copy;
}

static void value_free_list(bide__blob *b) {
    bide_value *items = (bide_value *)bide__blob_data(b);
    for (size_t i = 0; i < b->size / sizeof *items; i++) bide__clear(&items[i]);
    bide__free(b, sizeof(bide__blob) + b->size);
}

/* Lists in lists, and groups in groups, are walked: the stack may be small. Those that are to be freed are linked by
 * `members`, which a list has no other use for. */
void bide__items_release(bide__blob *b) {
    static bide__blob *doomed;
    static bool walking;
    if (--b->refs > 0) return;
    b->members = doomed, doomed = b;
    if (walking) return;
    for (walking = true; (b = doomed); value_free_list(b)) doomed = b->members;
    walking = false;
}

void bide_value_clear(bide_value *v) {
    if (!v) return;
    if (v->kind == BIDE_LIST) bide__items_release(bide__blob_of(v->items));
    else if (bide__is_counted(v)) bide__blob_release(bide__blob_of(v->ptr));
    *v = (bide_value){ .kind = BIDE_NONE };
}

void bide__value_out(bide_value *out, bide_value v) {
    if (out) *out = v;
    else bide_value_clear(&v);
}
