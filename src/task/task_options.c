/* task_options.c -- what a task has of its own by its options: a name, a copy of the argument. */
#include "task/report.h"

#include <string.h>

enum { OPTIONS_SIZE_LIMIT = 1 << 30 };

void bide__bring_task_options(void) {}

size_t bide__task_stack_size(const bide_task_options *o) {
    BIDE__TEXT(too_large, "stack_size or arg_size is more than 1 GiB");
    if (o->stack_size > OPTIONS_SIZE_LIMIT || o->arg_size > OPTIONS_SIZE_LIMIT) return BIDE__FAIL(BIDE_EVALUE, too_large), 0;
    return o->stack_size == 0 ? BIDE_STACK_SIZE : o->stack_size < BIDE_STACK_MIN ? BIDE_STACK_MIN : o->stack_size;
}

/* ------------------------------------------------------------------ the argument */

/* The arguments, copied. */
typedef struct { _Alignas(max_align_t) size_t size; } options_copy;

static void *options_copy_arg(const void *arg, size_t size) {
    options_copy *copy = bide__alloc(sizeof *copy + size);
    if (!copy) return NULL;
    copy->size = size;
    return memcpy(copy + 1, arg, size);
}

void bide__task_free_arg(bide__task *t) {
    if (!t->owns_arg) return;
    options_copy *copy = (options_copy *)t->arg - 1;
    bide__free(copy, sizeof *copy + copy->size);
    t->owns_arg = false;
}

/* ------------------------------------------------------------------ the name */

static char *options_copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = bide__alloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

void bide__task_free_name(bide__task *t) {
    if (t->is_named) bide__free(t->name, strlen(t->name) + 1);
}

/* Takes `name` for a task without one; NULL: no memory. */
static char *options_take_name(bide__task *t, char *name) {
    if (!name) return NULL;
    t->is_named = true;
    return t->name = name;
}

bool bide__task_take_options(bide__task *t, const bide_task_options *o) {
    if (o->name && !options_take_name(t, options_copy_text(o->name))) return false;
    if (o->arg_size == 0) return true;
    t->arg = options_copy_arg(t->arg, o->arg_size);
    return t->owns_arg = t->arg != NULL;
}

/* "Task-" and the number; NULL: no memory. */
static char *options_numbered_name(uint32_t number) {
    bide__line line = { .size = 0 };
    bide__line_text(&line, "Task-");
    bide__line_number(&line, (long)number);
    return options_copy_text(line.text);
}

const char *bide_task_get_name(const bide_task *f) {
    if (!bide__is_task(f)) return NULL;
    bide__task *t = (bide__task *)f;
    if (t->is_named) return t->name;
    return options_take_name(t, bide__task_is_call(t) ? options_copy_text(bide__js_call_name(t->number)) : options_numbered_name(t->number));
}

int bide_task_set_name(bide_task *f, const char *name) {
    if (!f) return bide__null_future();
    if (!bide__is_task(f)) return bide__fail_plain(BIDE_ETYPE);
    if (!name) return bide__fail_plain(BIDE_EVALUE);
    char *copy = options_copy_text(name);
    if (!copy) return bide__fail_plain(BIDE_ENOMEM);
    bide__task_free_name(bide__task_of(f));
    options_take_name(bide__task_of(f), copy);
    return 0;
}
