/* call.c -- C functions called from JavaScript: each call is a task.
 *
 * `bide link` knows what each exported function takes and returns. It makes two
 * functions (js/link/border.js): one for each export, which JavaScript
 * (js/runtime/calls.js) calls and which keeps the arguments; and one for all, which
 * calls an export with the arguments that were kept:
 *
 *   call:ii:add(id, x, y) -> bide__js_call            makes the task
 *   bide__loop_turns -> bide__js_run_call -> pass_call_export -> add -> …
 *
 * When the C function suspends, Asyncify unwinds it. Then what stands between it and
 * the loop returns. To resume, the loop makes the same calls again with the same
 * arguments, and the C function rewinds.
 *
 * JavaScript is told the end once: by the task's callback, or when the loop that
 * would have run the callback closes. */
#include "call.h"
#include "returning/returning.h"

BIDE__FAST;

BIDE__JS_IMPORT("call_name") void js_call_name(uint32_t function, char *name, size_t size);
BIDE__JS_IMPORT("call_bigint") void js_call_bigint(int id, int64_t value);
BIDE__JS_IMPORT("call_nothing") void js_call_nothing(int id);
/* `left`: it was cancelled because a run call has ended. */
BIDE__JS_IMPORT("call_failed") void js_call_failed(int id, int code, const char *message, uint32_t js_error, bool left);

enum { CALL_NAME_SIZE = 64 };

/* Call the exported function of this number. What it returns is written to `value`, also when it is suspended and
 * returns nothing that means anything. */
BIDE__PASS_IMPORT("call_export") enum call_type pass_call_export(uint32_t function, const union call_value *arguments, union call_value *value);

static size_t call_size(uint32_t count) { return sizeof(struct call) + count * sizeof(union call_value); }

/* What the function returns counts as an error if it is the code that the function met last. */
static bool call_returned(const struct call *call, int code) {
    switch (call->type) {
    case CALL_I32: return call->value.i32 == code;
    case CALL_I64: return call->value.i64 == code;
    case CALL_F32: return call->value.f32 == (float)code;
    case CALL_F64: return call->value.f64 == code;
    default: return false;
    }
}

int bide__js_run_call(void *arg) {
    struct call *call = arg;
    if (BIDE__HAS_OUTER(bide__function_run) && call->type >= CALL_VALUE) return bide__function_run(call);
    call->type = pass_call_export(call->function, call->arguments, &call->value);
    if (coro_unwinding()) return 0;
    int code = bide_last_error();
    return call_returned(call, code) ? code : 0;
}

static void call_succeeded(const struct call *call) {
    if (BIDE__HAS_OUTER(bide__function_run) && call->type >= CALL_VALUE) return bide__function_succeeded(call);
    switch (call->type) {
    case CALL_NOTHING: js_call_nothing(call->id); return;
    case CALL_I32: js_call_number(call->id, call->value.i32); return;
    case CALL_I64: js_call_bigint(call->id, call->value.i64); return;
    case CALL_F32: js_call_number(call->id, call->value.f32); return;
    case CALL_F64: js_call_number(call->id, call->value.f64); return;
    case CALL_VALUE: case CALL_NUMBER: case CALL_STREAM: return;
    }
}

static void call_failed(const struct call *call) {
    bide_task *task = call->task;
    bool has_error = task->value.kind == BIDE_ERROR;
    bide__blob *message = has_error ? bide__blob_of(task->value.message) : &bide__no_text.head;
    bide__future_retrieved(task);
    js_call_failed(call->id, has_error ? task->value.code : BIDE_ECANCELED, bide__blob_data(message), message->js,
                   task->state == BIDE__CANCELLED && bide__task_of(task)->leftover);
}

static void call_ended(bide__node *n) {
    struct call *call = (struct call *)n;
    if (call->task->state == BIDE__CANCELLED || call->task->value.kind == BIDE_ERROR) call_failed(call);
    else call_succeeded(call);
    if (BIDE__HAS_OUTER(bide__function_run) && call->type >= CALL_VALUE) bide__function_clear(call);
    bide_release(call->task);
    bide__free(call, call_size(call->count));
}

/* The loop closes, and has abandoned the task. */
static void call_dropped(bide__node *n) {
    bide__task_of(((struct call *)n)->task)->leftover = true;
    call_ended(n);
}

static const bide__node_type call_ended_type = { call_ended, call_dropped };

static bool call_start(struct call *call, const bide_task_options *options) {
    bide_loop *loop = bide__running ? bide__running : bide__returning_loop();
    call->task = loop ? bide__task_new(loop, options, bide__js_run_call, call) : NULL;
    if (!call->task) return false;
    bide__task_of(call->task)->number = call->function;      /* its name */
    bide__future_add_node(call->task, &call->node);
    return true;
}

struct call *bide__call_new(int id, uint32_t function, uint32_t count, size_t stack_size) {
    const bide_task_options options = { .stack_size = stack_size };
    struct call *call = bide__alloc(call_size(count));
    if (!call) return NULL;
    *call = (struct call){ .node.type = &call_ended_type, .id = id, .function = function, .count = count };
    if (call_start(call, stack_size ? &options : NULL)) return call;
    bide__free(call, call_size(count));
    return NULL;
}

/* A task for the call `id` of an exported function. Answers where its arguments are kept, by which bide__js_cancel
 * knows it until it has ended; NULL without memory. */
BIDE__JS_EXPORT("bide__js_call") union call_value *bide__js_call(int id, uint32_t function, uint32_t count) {
    struct call *call = bide__call_new(id, function, count, 0);
    return call ? call->arguments : NULL;
}
BIDE__COLD(bide__js_call);

BIDE__LINK_EXPORT("--undefined=bide__js_call");

/* Nobody calls it, so the linker drops it. */
void bide__js_bring_end(void);
void bide__js_bring_end(void) { bide__js_bring_close(); }

BIDE__JS_EXPORT("bide__js_cancel") void bide__js_cancel(union call_value *arguments) { bide_task_cancel(bide__call_of(arguments)->task); }

const char *bide__js_call_name(uint32_t function) {
    static char name[CALL_NAME_SIZE];      /* static, since the stack may be that of a small task */
    js_call_name(function, name, sizeof name);
    return name;
}

/* Nobody waits any more: cancel the tasks of the own loop, calls and what they have left behind. */
BIDE__JS_EXPORT("bide__js_cancel_left") void bide__js_cancel_left(void) { bide__returning_cancel_own(); }
