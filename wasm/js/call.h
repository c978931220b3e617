/* call.h -- calls from JavaScript that are tasks (call.c): of exported functions, and of typed ones (function.c). */
#ifndef BIDE_JS_CALL_H
#define BIDE_JS_CALL_H

#include "js.h"
#include "task/task.h"

/* What an exported function returns, as js/link/exported.js numbers the types. CALL_VALUE, CALL_STREAM: the
 * call is one of a typed function, which gives a value, or is a generator. CALL_NUMBER: the value is to be a number. */
enum call_type { CALL_NOTHING, CALL_I32, CALL_I64, CALL_F32, CALL_F64, CALL_VALUE, CALL_NUMBER, CALL_STREAM };
union call_value { int32_t i32; int64_t i64; float f32; double f64; };

struct call {
    bide__node node;      /* among the task's callbacks */
    bide_task *task;      /* a reference */
    int id;
    uint32_t function;    /* its number */
    uint32_t count;       /* of the arguments, in the size of these */
    enum call_type type;
    union { union call_value value; const bide__function *typed; };
    union call_value arguments[];
};
static inline struct call *bide__call_of(union call_value *arguments) { return (struct call *)((char *)arguments - offsetof(struct call, arguments)); }

/* Call the C function of a typed one. */
static inline int bide__typed_run(const bide__function *typed, const bide_value *args) {
    return BIDE__HAS_OUTER(bide__callback_run) && !typed->fn ? bide__callback_run(typed, args) : typed->fn(args);
}

BIDE__JS_IMPORT("call_number") void js_call_number(int id, double value);

/* A call whose task is made, or NULL without memory. Its arguments are not written yet. `stack_size`: 0 is the default. */
struct call *bide__call_new(int id, uint32_t function, uint32_t count, size_t stack_size);

/* Does nothing. A file that refers to it makes the linker take bide__js_close. (end_js.c) */
void bide__js_bring_close(void);

#endif
