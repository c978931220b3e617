/* function.c -- typed functions, which JavaScript calls with values; js/runtime/functions.js is the other side.
 *
 * A call that may wait is a task like that of an exported function (call.c). Its
 * arguments are values: JavaScript writes them before the task has its first turn.
 * A synchronous call runs at once, as a callback does, in a coroutine without a
 * task. */
#include "call.h"
#include "function_stack.h"
#include "task/report.h"

BIDE__FAST;

const char bide__function_part;

/* The task of the call `id` has ended with this value. */
BIDE__JS_IMPORT("function_value") void js_function_value(int id, const bide_value *v);

enum { NUMBERS_MOST = 4, UNITS = sizeof(bide_value) / sizeof(union call_value) };

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

static void function_put_numbers(bide_value *args, uint32_t count, double a, double b, double c, double d) {
    const double numbers[] = { a, b, c, d };
    for (uint32_t i = 0; i < count; i++) args[i] = bide_f64(numbers[i]);
}

/* bide__js_function_call of a function that takes at most NUMBERS_MOST numbers, and gives one. */
BIDE__JS_EXPORT("bide__js_numbers_call") bide_value *bide__js_numbers_call(int id, uint32_t number, const bide__function *typed, uint32_t count,
                                                                          double a, double b, double c, double d) {
    bide_value *args = bide__js_function_call(id, number, typed, count);
    if (!args) return NULL;
    bide__call_of((union call_value *)args)->type = CALL_NUMBER;
    function_put_numbers(args, count, a, b, c, d);
    return args;
}

int bide__function_run(struct call *call) {
    if (BIDE__HAS_OUTER(bide__stream_run) && call->type == CALL_STREAM) return bide__stream_run(call);
    return bide__typed_run(call->typed, function_args(call));
}

void bide__function_succeeded(const struct call *call) {
    const bide_value *v = &call->task->value;
    if (call->type == CALL_NUMBER && v->kind == BIDE_F64) js_call_number(call->id, v->f64);
    else js_function_value(call->id, v);
}

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

static void function_end(bide__coroutine *co, int rc) {
    if (rc != 0) {
        bide__clear(co->result);
        bide__set_error(co->result, rc, bide__message_of(co, rc));
    }
    bide__coroutine_clear(co);
    if (BIDE__HAS(bide__context_leave)) bide__context_leave(co);
}

/* On a stack that is large enough, wherever it is called. */
static int function_run_here(const bide__function *typed, const bide_value *args) {
    coro_place outer;
    if (!BIDE__HAS(bide__coroutines) || coro_on_whole_stack() || !bide__function_stack_enter(&outer)) return bide__typed_run(typed, args);
    const int rc = bide__typed_run(typed, args);
    bide__function_stack_leave(outer);
    return rc;
}

/* Call it in a coroutine of its own. What it gives, a value or an ERROR, is written before the arguments. */
static inline void function_run_now(const bide__function *typed, bide__coroutine *co) {
    bide__coroutine *outer = bide__current;
    const bide__call_place call = BIDE__HAS(bide__debug) ? bide__last_call : (bide__call_place){ NULL, NULL, 0 };
    bide__current = co;
    co->result->kind = BIDE_NONE;
    function_end(co, bide__returned(function_run_here(typed, co->result + 1)));
    bide__current = outer;
    if (BIDE__HAS(bide__debug)) bide__last_call = call;
}

BIDE__JS_EXPORT("bide__js_function_now") void bide__js_function_now(const bide__function *typed, bide_value *room) {
    bide__coroutine own = { .result = room };
    function_run_now(typed, &own);
}

/* Those of a function that takes numbers. JavaScript sees that there is one call at a time. */
static bide_value function_numbers[1 + NUMBERS_MOST];
static bide__coroutine function_coroutine = { .result = function_numbers };

BIDE__JS_EXPORT("bide__js_numbers") bide_value *bide__js_numbers(void) { return function_numbers; }

/* Call a function that takes at most NUMBERS_MOST numbers. Answers the number that it gives; NaN: it stands in bide__js_numbers(), if it is one. */
BIDE__JS_EXPORT("bide__js_numbers_now") double bide__js_numbers_now(const bide__function *typed, double a, double b, double c, double d) {
    function_put_numbers(function_numbers + 1, NUMBERS_MOST, a, b, c, d);
    function_run_now(typed, &function_coroutine);
    return function_numbers->kind == BIDE_F64 ? function_numbers->f64 : __builtin_nan("");
}
