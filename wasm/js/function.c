/* function.c -- typed functions, which JavaScript calls with values; js/runtime/functions.js is the other side.
 *
 * A call that may wait is a task like that of an exported function (call.c). Its
 * arguments are values: JavaScript writes them before the task has its first turn.
 * A synchronous call runs at once, as a callback does, in a coroutine without a
 * task. */
#include "call.h"
#include "task/report.h"

const char bide__function_part;

/* The task of the call `id` has ended with this value. */
BIDE__JS_IMPORT("function_value") void js_function_value(int id, const bide_value *v);

enum { UNITS = sizeof(bide_value) / sizeof(union call_value) };

static bide_value *function_args(struct call *call) { return (bide_value *)call->arguments; }

/* As bide__js_call. The arguments are NONE. */
BIDE__JS_EXPORT("bide__js_function_call") bide_value *bide__js_function_call(int id, uint32_t number, const bide__function *typed, uint32_t count) {
    struct call *call = bide__call_new(id, number, count * UNITS, typed->options.stack_size);
    if (!call) return NULL;
    call->type = CALL_VALUE, call->typed = typed;
    for (uint32_t i = 0; i < count; i++) function_args(call)[i] = (bide_value){ .kind = BIDE_NONE };
    return function_args(call);
}

/* The same with arguments that stand in a room. Takes it, if there is memory for the call. */
BIDE__JS_EXPORT("bide__js_function_start") bide_value *bide__js_function_start(int id, uint32_t number, const bide__function *typed, uint32_t count, bide_value *room) {
    bide_value *args = bide__js_function_call(id, number, typed, count);
    if (!args) return NULL;
    for (uint32_t i = 0; i < count; i++) args[i] = room[i + 1];
    bide__free(room, (count + 1) * sizeof *room);
    return args;
}

int bide__function_run(struct call *call) {
    if (BIDE__HAS_OUTER(bide__stream_run) && call->type == CALL_STREAM) return bide__stream_run(call);
    return bide__typed_run(call->typed, function_args(call));
}

void bide__function_succeeded(const struct call *call) { js_function_value(call->id, &call->task->value); }

void bide__function_clear(struct call *call) {
    if (BIDE__HAS_OUTER(bide__stream_run) && call->type == CALL_STREAM) return bide__stream_clear(call);
    for (uint32_t i = 0; i < call->count / UNITS; i++) bide__clear(&function_args(call)[i]);
}

/* ------------------------------------------------------------------ without waiting */

/* Room for a result and `count` arguments, which are NONE; NULL: no memory. */
BIDE__JS_EXPORT("bide__js_function_room") bide_value *bide__js_function_room(uint32_t count) {
    bide_value *room = bide__alloc((count + 1) * sizeof *room);
    for (uint32_t i = 0; room && i <= count; i++) room[i] = (bide_value){ .kind = BIDE_NONE };
    return room;
}

BIDE__JS_EXPORT("bide__js_function_leave") void bide__js_function_leave(bide_value *room, uint32_t count) {
    for (uint32_t i = 0; i <= count; i++) bide__clear(&room[i]);
    bide__free(room, (count + 1) * sizeof *room);
}

static void function_end(bide__coroutine *co, bide_value *result, int rc) {
    if (rc != 0) {
        bide__clear(result);
        bide__set_error(result, rc, bide__message_of(co, rc));
    }
    bide__coroutine_clear(co);
}

/* Call it with the arguments behind `room`, where the result is written: a value or an ERROR. */
BIDE__JS_EXPORT("bide__js_function_now") void bide__js_function_now(const bide__function *typed, bide_value *room) {
    bide__coroutine *outer = bide__current, own = { .result = room };
    const bide__call_place call = BIDE__HAS(bide__debug) ? bide__last_call : (bide__call_place){ NULL, NULL, 0 };
    bide__current = &own;
    room->kind = BIDE_NONE;
    function_end(&own, room, bide__returned(bide__typed_run(typed, room + 1)));
    bide__current = outer;
    if (BIDE__HAS(bide__debug)) bide__last_call = call;
}
