/* report.c -- what the library itself writes to stderr. */
#include "task/report.h"

#include "host.h"

/* A task without a name is written by its number, so that this needs no memory. */
void bide__line_task(bide__line *line, const bide_future *f) {
    if (!bide__is_task(f)) {
        bide__line_text(line, f->type->name);
        return;
    }
    const bide__task *t = (const bide__task *)f;
    const char *name = t->is_named ? t->name : bide__task_is_call(t) ? bide__js_call_name(t->number) : NULL;
    if (name) {
        bide__line_text(line, name);
        return;
    }
    bide__line_text(line, "Task-");
    bide__line_number(line, (long)t->number);
}

void bide__report_outcome(int code) {
    bide__blob *message = bide__message_of(bide__current, code);
    bide__line line = { .size = 0 };
    bide__line_error(&line, code, message ? bide__blob_data(message) : "");
    if (BIDE__HAS(bide__report_members) && message) bide__report_members(&line, message);
}

void bide__report_error(const char *message, const bide_future *f, int code, const char *text) {
    bide__line line = { .size = 0 };
    bide__line_text(&line, message);
    bide__line_end(&line);
    if (f) {
        bide__line_text(&line, bide__is_task(f) ? "task: " : "future: ");
        bide__line_task(&line, f);
        bide__line_end(&line);
        if (BIDE__HAS(bide__debug)) bide__debug_report_created(f);
    }
    if (code == 0) return;
    bide__line_error(&line, code, text);
    if (BIDE__HAS(bide__report_members) && f && f->value.kind == BIDE_ERROR && f->value.code == code)
        bide__report_members(&line, bide__blob_of(f->value.message));
}

void bide__report_waiting(bide_loop *loop) {
    if (BIDE__HAS(bide_dump)) {
        bide__dump_tasks(loop);
        return;
    }
    for (bide__node *l = loop->tasks.next; l != &loop->tasks; l = l->next) {
        bide__task *t = bide__task_by_link(l);
        bide__line line = { .size = 0 };
        bide__line_text(&line, "  ");
        bide__line_task(&line, &t->future);
        bide__line_text(&line, " waits for ");
        if (t->awaits) bide__line_task(&line, t->awaits);
        else bide__line_text(&line, t->waiter == BIDE__WAITER_PENDING ? t->waits_for : "its next step");
        bide__line_end(&line);
    }
}

/* Who runs on the stack that has overflowed, and how to make it larger. */
static void report_line_overflown(bide__line *line) {
    bide_task *f = bide__current->task;
    if (BIDE__HAS(bide__line_generator) && bide__current->inside) bide__line_generator(line);
    else if (f) {
        bide__line_task(line, f);
        bide__line_text(line, ", whose stack has ");
        bide__line_number(line, (long)coro_size(&bide__task_of(f)->coro));
        bide__line_text(line, " bytes (bide_task_options.stack_size)");
    } else bide__line_text(line, "main or a callback");
}

void bide__report_overflow(void) {
    static bool reporting;
    if (reporting) bide__host_exit(134);
    reporting = true;
    if (BIDE__HAS(bide__unpin_all)) bide__unpin_all();
    bide__line line = { .size = 0 };
    bide__line_text(&line, "bide: stack overflow in ");
    report_line_overflown(&line);
    bide__line_end(&line);
    bide__host_exit(134);
}
