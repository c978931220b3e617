/* debug_places.c -- where futures and handles were created and by whom, and where tasks wait.
 *
 * The objects have no field for it: a table has an entry for each address. Creating
 * a future in debug mode makes its entry, and the macros at the end of bide.h add
 * file and line. For a handle, the macros make the entry. Freeing the object removes
 * it. Without memory the entry is missing, and reports say less. */
#include "insight/debug.h"

#include "insight/dump.h"

#include <string.h>

static bide__node places = { &places, &places, NULL };
static bide__place **place_buckets;
static uint32_t place_bucket_count, place_count;    /* place_bucket_count: a power of two, or 0 */

bide__call_place bide__last_call;

static bide__place *place_by_link(const bide__node *n) { return (bide__place *)((char *)n - offsetof(bide__place, link)); }

static uint32_t place_bucket_of(const void *object) {
    return ((uint32_t)((uintptr_t)object >> 4) * 2654435769u) >> 8 & (place_bucket_count - 1);
}

/* Without memory for more buckets, the table stays as it is, and becomes slower. */
static void place_set_buckets(uint32_t n) {
    bide__place **larger = n > 0 ? bide__alloc(n * sizeof *larger) : NULL;
    if (n > 0 && !larger) return;
    bide__free(place_buckets, place_bucket_count * sizeof *place_buckets);
    place_buckets = larger, place_bucket_count = n;
    for (uint32_t i = 0; i < n; i++) place_buckets[i] = NULL;
    for (bide__node *l = places.next; l != &places; l = l->next) {
        bide__place *p = place_by_link(l), **bucket = &place_buckets[place_bucket_of(p->object)];
        p->next = *bucket, *bucket = p;
    }
}

bide__place *bide__place_of(const void *object) {
    if (place_bucket_count == 0) return NULL;
    bide__place *p = place_buckets[place_bucket_of(object)];
    while (p && p->object != object) p = p->next;
    return p;
}

bide__place *bide__place_next(const bide__place *p) {
    const bide__node *next = p ? p->link.next : places.next;
    return next == &places ? NULL : place_by_link(next);
}

/* ------------------------------------------------------------------ in words */

void bide__line_who(bide__line *line, const bide__coroutine *co) {
    if (co->task) bide__line_task(line, co->task);
    else if (BIDE__HAS(bide__pinned_task) && co == bide__current && bide__pinned_task()) bide__line_text(line, "a function that can't wait, of "), bide__line_task(line, bide__pinned_task());
    else if (co->inside) bide__line_text(line, "a generator");
    else if (co == &bide__main_coroutine) bide__line_text(line, "main");
    else bide__line_text(line, bide__running && co == &bide__running->callbacks ? "a callback" : "a handler or JavaScript");
}

void bide__line_at(bide__line *line, const char *file, int number) {
    bide__line_text(line, " at ");
    bide__line_text(line, file);
    bide__line_text(line, ":");
    bide__line_number(line, number);
}

void bide__line_created(bide__line *line, const char *before, const void *object) {
    const bide__place *p = bide__place_of(object);
    if (!p) return;
    bide__line_text(line, before);
    bide__line_text(line, "created");
    if (p->file) bide__line_at(line, p->file, p->number);
    bide__line_text(line, " by ");
    bide__line_text(line, (const char *)(p + 1));
}

void bide__debug_line_wait(bide__line *line, const bide__task *t) {
    const bide__place *p = bide__place_of(t);
    if (p && p->call_file) bide__line_at(line, p->call_file, p->call_number);
}

void bide__line_waiting(bide__line *line, const bide__task *t) {
    bide__line_task(line, &t->future);
    bide__line_state(line, t);
    bide__debug_line_wait(line, t);
}

/* ------------------------------------------------------------------ entries */

/* An entry that is in the list alone; NULL without memory. */
static bide__place *place_new(const void *object) {
    static bide__line creator;
    creator.size = 0;
    bide__line_who(&creator, bide__current);
    bide__place *p = bide__alloc(sizeof *p + creator.size + 1);
    if (!p) return NULL;
    *p = (bide__place){ .object = object, .creator_size = (uint32_t)creator.size + 1 };
    memcpy(p + 1, creator.text, creator.size + 1);
    bide__list_add(&places, &p->link);
    return p;
}

bide__place *bide__place_add(const void *object) {
    bide__place *p = bide__place_of(object);
    if (p) return p;
    if (place_count >= place_bucket_count) place_set_buckets(place_bucket_count ? place_bucket_count * 2 : 64);
    if (place_bucket_count > 0) p = place_new(object);
    if (!p && place_count == 0) place_set_buckets(0);
    if (!p) return NULL;
    bide__place **bucket = &place_buckets[place_bucket_of(object)];
    p->next = *bucket, *bucket = p;
    place_count++;
    return p;
}

void bide__place_remove(const void *object) {
    bide__place *p = bide__place_of(object);
    if (!p) return;
    bide__place **at = &place_buckets[place_bucket_of(object)];
    while (*at != p) at = &(*at)->next;
    *at = p->next;
    bide__list_remove(&p->link);
    bide__free(p, sizeof *p + p->creator_size);
    if (--place_count == 0) place_set_buckets(0);
}

void bide__debug_created(const bide_future *f) { (void)bide__place_add(f); }

void bide__place_set_wait(const bide__task *t) {
    bide__place *p = bide__place_of(t);
    if (!p) return;
    p->call = bide__last_call.name, p->call_file = bide__last_call.file, p->call_number = bide__last_call.number;
}

/* ------------------------------------------------------------------ what the macros call */

static __attribute__((noinline)) void place_note_call(const char *name, const char *file, int number) {
    bide__last_call = (bide__call_place){ name, file, number };
    bide__debug_report_left();
}

/* These have no locals of their own, so their frame is the end of the caller's. */
__attribute__((noinline)) void bide__note_call(const char *name, const char *file, int number) {
    place_note_call(name, file, number);
    bide__frames_here(__builtin_frame_address(0));
}

__attribute__((noinline)) void bide__debug_here(void) { bide__frames_here(__builtin_frame_address(0)); }

static void place_set_file(bide__place *p, const char *file, int number) {
    if (p) p->file = file, p->number = number;
}

static void place_without_function(const char *what, const char *file, int number) {
    bide__line *line = bide__debug_line();
    bide__line_text(line, what);
    bide__line_at(line, file, number);
    bide__line_text(line, " has no function to call: it is NULL");
    bide__line_end(line);
}

bide_future *bide__created(bide_future *f, const char *file, int number) {
    if (!f || !bide__debugging(f->loop)) return f;
    place_set_file(bide__place_add(f), file, number);
    if (bide__is_task(f) && !bide__done(f) && !bide__task_of(f)->fn) place_without_function("a task created", file, number);
    return f;
}

bide_future *bide__created_child(bide_future *f, const char *file, int number) { return bide__created(f, file, number); }

bide_handle *bide__created_handle(bide_handle *h, const char *file, int number) {
    if (!h || !bide__debug_on()) return h;
    bide__place *p = bide__place_add(h);
    if (p) p->kind = BIDE__GIVEN_HANDLE;
    place_set_file(p, file, number);
    return h;
}
