/* call.c -- C functions called from JavaScript: each call is a task.
 *
 * JavaScript (js/runtime/calls.js) keeps the function and its arguments under an id.
 * The task's function calls back into JavaScript, which calls the function itself:
 *
 *   bide__loop_turns -> bide__js_run_call -> js_call_invoke -> the exported function -> …
 *
 * When the C function suspends, Asyncify unwinds it. JavaScript sees it return, and
 * returns itself; so does bide__js_run_call. To resume, the loop calls
 * bide__js_run_call again, and JavaScript calls the function again, with the same
 * arguments; then it rewinds. So no JavaScript frame is part of what is suspended.
 * Whatever stands between may only pass the number on.
 *
 * JavaScript is told the end once: by the task's callback, or when the loop that
 * would have run the callback closes. */
#include "js.h"
#include "returning/returning.h"
#include "task/task.h"

BIDE__JS_IMPORT("call_name") void js_call_name(int id, char *name, size_t size);
BIDE__JS_IMPORT("call_invoke") int js_call_invoke(int id);
BIDE__JS_IMPORT("call_ended") void js_call_ended(int id, int code, const char *message, uint32_t js_error);

enum { CALL_NAME_SIZE = 64 };

struct call {
    bide__node node;      /* among the task's callbacks */
    bide_task *task;      /* a reference */
    int id;
};

/* What the function returns counts as an error if it is the code that the function met last. */
static int bide__js_run_call(void *arg) {
    int value = js_call_invoke((int)(intptr_t)arg);
    if (coro_unwinding()) return 0;
    return value == bide_last_error() ? value : 0;
}

static void call_ended(bide__node *n) {
    struct call *call = (struct call *)n;
    bide_task *task = call->task;
    bool failed = task->value.kind == BIDE_ERROR;
    int code = task->state == BIDE__CANCELLED ? BIDE_ECANCELED : failed ? task->value.code : 0;
    bide__blob *message = failed ? bide__blob_of(task->value.message) : &bide__no_text.head;
    bide__future_retrieved(task);
    js_call_ended(call->id, code, bide__blob_data(message), message->js_error);
    bide_release(task);
    bide__free(call, sizeof *call);
}

static const bide__node_type call_ended_type = { call_ended, call_ended };

static bool call_start(struct call *call) {
    static char name[CALL_NAME_SIZE];      /* static, since the stack may be that of a small task */
    js_call_name(call->id, name, sizeof name);
    bide_loop *loop = bide__running ? bide__running : bide__returning_loop();
    if (!loop) return false;
    call->task = bide__task_new(loop, &(bide_task_options){ .name = name }, bide__js_run_call, (void *)(intptr_t)call->id);
    if (!call->task) return false;
    bide__future_add_node(call->task, &call->node);
    return true;
}

/* A task for call `id`, to be cancelled with bide__js_cancel() until it has ended; NULL without memory. */
BIDE__JS_EXPORT("bide__js_call") bide_task *bide__js_call(int id) {
    struct call *call = bide__alloc(sizeof *call);
    if (!call) return NULL;
    *call = (struct call){ .node.type = &call_ended_type, .id = id };
    if (call_start(call)) return call->task;
    bide__free(call, sizeof *call);
    return NULL;
}

BIDE__LINK_EXPORT("--undefined=bide__js_call");

BIDE__JS_EXPORT("bide__js_cancel") void bide__js_cancel(bide_task *task) { bide_task_cancel(task); }
