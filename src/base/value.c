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

void bide__blob_release(bide__blob *b) {
    if (b->refs == BIDE__STATIC || --b->refs > 0) return;
    if (b->js_error) bide__host_drop_error(b->js_error);
    if (b->members) bide__items_release(b->members);
    bide__free(b, sizeof(bide__blob) + b->size);
}

bide_value bide_bytes(const void *p, size_t size) {
    bide__blob *b = size < SIZE_MAX ? bide__blob_new(size + 1) : NULL;
    if (!b) return bide__error_value(BIDE_ENOMEM, NULL);
    if (size > 0) memcpy(bide__blob_data(b), p, size);
    bide__blob_data(b)[size] = '\0';
    bide_value v = { .kind = BIDE_BYTES };
    v.size = size, v.bytes = bide__blob_data(b);
    return v;
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
    else if (v->kind == BIDE_BYTES || v->kind == BIDE_ERROR) bide__blob_release(bide__blob_of(v->ptr));
    *v = (bide_value){ .kind = BIDE_NONE };
}

void bide__value_out(bide_value *out, bide_value v) {
    if (out) *out = v;
    else bide_value_clear(&v);
}
