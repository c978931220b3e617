/* memory_errors.c -- reports of MemoryError, said once where they come by thousands.
 *
 * When memory runs out, each of the tasks that wait may fail for want of it, and
 * nobody looks at most of them. So the report of a BIDE_ENOMEM is held back until the
 * next turn, the next other report, or the end of the loop. Those that came meanwhile
 * become one line. A handler of the program's is told of each.
 *
 *   none -> held     bide__memory_error: the first
 *   held -> held     bide__memory_error: more with the same message are counted
 *   held -> none     bide__memory_errors_tell
 *
 * Nothing is held back where nobody would tell it: a loop that neither runs nor is
 * being closed. Nor are callbacks in debug mode, which says where each was made. */
#include "task/report.h"

#include "host.h"

#include <string.h>

static struct {
    size_t count;                 /* 0: none is held */
    bide_future *first;           /* a reference, NULL: a callback; valid while one is held, as is: */
    bide_loop *loop;              /* compared only */
    bide__line message, error;
    bide__node node;              /* in the ready queue of a loop that runs, until its turn */
} memory_held;

void bide__bring_memory_errors(void) {}

/* "bide: MemoryError in 1000 tasks: Task exception was never retrieved; each has a stack of 16384 bytes (…)" */
static void memory_tell_many(void) {
    const bool of_tasks = bide__is_task(memory_held.first);
    bide__line *line = &memory_held.error;
    line->size = 0;
    bide__line_text(line, "bide: MemoryError in ");
    bide__line_number(line, (long)memory_held.count);
    bide__line_text(line, of_tasks ? " tasks: " : memory_held.first ? " futures: " : " callbacks: ");
    bide__line_text(line, memory_held.message.text);
    if (of_tasks) {
        bide__line_text(line, "; each has a stack of ");
        bide__line_number(line, (long)coro_size(&bide__task_of(memory_held.first)->coro));
        bide__line_text(line, " bytes (bide_task_options.stack_size)");
    }
    bide__line_end(line);
}

void bide__memory_errors_tell(void) {
    if (memory_held.count == 0) return;
    if (memory_held.count == 1) bide__report_error(memory_held.message.text, memory_held.first, BIDE_ENOMEM, memory_held.error.text);
    else memory_tell_many();
    memory_held.count = 0;
    bide__list_remove(&memory_held.node);
    bide_release(memory_held.first);
}

static void memory_node_run(bide__node *n) { (void)n, bide__memory_errors_tell(); }
static const bide__node_type memory_node_type = { memory_node_run, memory_node_run };

static void memory_hold_first(bide_loop *loop, const bide_exception_context *context) {
    memory_held.first = bide_retain(context->future), memory_held.loop = loop;
    memory_held.message.size = memory_held.error.size = 0;
    bide__line_text(&memory_held.message, context->message);
    bide__line_text(&memory_held.error, context->error);
    memory_held.node.type = &memory_node_type;
    if (!loop->running) return;
    bide__loop_push(loop, &memory_held.node);
    bide__host_wake(loop);
}

/* Whether the reports are of one kind, so that the second need not be written. */
static bool memory_is_like_held(const bide_loop *loop, const bide_exception_context *context) {
    return memory_held.loop == loop && strcmp(memory_held.message.text, context->message) == 0;
}

bool bide__memory_error(bide_loop *loop, const bide_exception_context *context) {
    const bool is_plain = context->future || (context->handle && !bide__debugging(loop));
    const bool holds = context->code == BIDE_ENOMEM && is_plain && (loop->running || loop->closed);
    if (memory_held.count > 0 && !(holds && memory_is_like_held(loop, context))) bide__memory_errors_tell();
    if (!holds) return false;
    if (memory_held.count++ == 0) memory_hold_first(loop, context);
    if (!loop->running && bide__list_empty(&loop->failed)) bide__memory_errors_tell();
    return true;
}
